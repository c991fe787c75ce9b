import { contradicts, decodeBytes } from './charset.ts';
import { cleanLine } from './clean-text.ts';

/** RFC 2047, read generously: spaces within, no padding, a language after `*`. */
const encodedWord = /=\?([^?\s*]{1,60})(?:\*[^?]{0,40})?\?([bq])\?([^?]*(?:\?(?!=)[^?]*){0,8})\?=/gi;

const longest = 32_768;

function unquoted(text: string): Buffer {
  const plain = text.replace(/_/g, ' ');
  return Buffer.from(
    plain.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

interface Piece {
  base64: boolean;
  text: string;
}

/** Neighbouring encoded words of one charset. */
interface Run {
  charset: string;
  pieces: Piece[];
}

/** Some programs cut base64 anywhere, so that only the joined letters are whole again. */
function push(run: Run, encoding: string, text: string): void {
  const base64 = encoding.toLowerCase() === 'b';
  const letters = base64 ? text.replace(/\s+/g, '') : text;
  const last = run.pieces.at(-1);
  if (base64 && last?.base64 && last.text.length % 4 !== 0 && !last.text.endsWith('=')) last.text += letters;
  else run.pieces.push({ base64, text: letters });
}

const decodeRun = (run: Run): string =>
  decodeBytes(
    Buffer.concat(run.pieces.map(({ base64, text }) => (base64 ? Buffer.from(text, 'base64') : unquoted(text)))),
    run.charset,
  );

/** Splits a header into raw stretches and runs of encoded words; space between encoded words is no content. */
function split(value: string): (string | Run)[] {
  const out: (string | Run)[] = [];
  let at = 0;
  for (const match of value.matchAll(encodedWord)) {
    const [whole, label = '', encoding = '', text = ''] = match;
    const charset = label.toLowerCase();
    const between = value.slice(at, match.index);
    const last = out.at(-1);
    const follows = typeof last === 'object' && between.trim() === '';
    if (!follows && between) out.push(between);
    const run = follows && last.charset === charset ? last : { charset, pieces: [] };
    if (run !== last) out.push(run);
    push(run, encoding, text);
    at = match.index + whole.length;
  }
  out.push(value.slice(at));
  return out;
}

/**
 * Header bytes (one per character) to words. Neighbouring encoded words of one charset are joined as bytes before they
 * are decoded, since some programs split in the middle of a character; raw bytes above ASCII are recognized.
 */
export function decodeWords(given: string, hint: string | null = null): string {
  const value = given.length > longest ? given.slice(0, longest) : given;
  if (!value.includes('=?')) return decodeRaw(value, hint);
  return split(value)
    .map((piece) => (typeof piece === 'string' ? decodeRaw(piece, hint) : decodeRun(piece)))
    .join('');
}

/** Bytes above ASCII, or the escapes of ISO-2022. */
const isRaw = (value: string): boolean => /[\u0080-\u00ff]/.test(value) || value.includes('\u001b');

function decodeRaw(value: string, hint: string | null): string {
  return isRaw(value) ? decodeBytes(Buffer.from(value, 'latin1'), hint) : value;
}

/** The same, made fit for one line. */
export const readWords = (value: string, hint: string | null = null): string => cleanLine(decodeWords(value, hint));

/** An encoded word as RFC 2047 wants it: nothing left out, and by itself. */
const properWord = /(?<![^\s"(,])=\?([\w-]{1,40})\?([bq])\?([!->@-~]{1,200})\?=(?![^\s")<,])/gi;

const isWhole = (label: string, encoding: string, text: string): boolean => {
  if (encoding.toLowerCase() === 'q') return !contradicts(unquoted(text), label);
  return text.length % 4 === 0 && !contradicts(Buffer.from(text, 'base64'), label);
};

/** Whether every reader makes the same words of it: no raw bytes, each encoded word proper, whole and as it is labelled. */
export function isProper(value: string): boolean {
  if (value.length > longest || isRaw(value)) return false;
  if (!value.includes('=?')) return true;
  const words = [...value.matchAll(properWord)];
  const isEach = words.every(([, label = '', encoding = '', text = '']) => isWhole(label, encoding, text));
  return isEach && !value.replace(properWord, '').includes('=?');
}
