import { decodeBytes } from './charset.ts';
import { cleanLine } from './clean-text.ts';
import { decodeWords } from './words.ts';

/** A header such as Content-Type: its value in lower case, and its parameters by lower-case name, decoded. */
export interface Parameters {
  value: string;
  params: ReadonlyMap<string, string>;
}

const pair = /;\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)(?:"|$)|([^;]*))/g;

interface Piece {
  order: number;
  text: string;
  /** Percent-encoded, RFC 2231. */
  coded: boolean;
}

const unescaped = (text: string): string => text.replace(/\\(["\\])/g, '$1');

const fromPercent = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Joins the pieces of one parameter as bytes, then decodes them in the charset that the first piece names. */
function joined(pieces: Piece[], hint: string | null): string {
  const sorted = [...pieces].sort((a, b) => a.order - b.order);
  if (!sorted.some((piece) => piece.coded)) return decodeWords(sorted.map((piece) => piece.text).join(''), hint);
  let charset: string | null = hint;
  const bytes = sorted.map((piece, i) => {
    if (!piece.coded) return piece.text;
    const label = i === 0 ? /^([^']*)'[^']*'/.exec(piece.text) : null;
    charset = label?.[1] || charset;
    return fromPercent(label ? piece.text.slice(label[0].length) : piece.text);
  });
  return decodeBytes(Buffer.from(bytes.join(''), 'latin1'), charset);
}

function collected(value: string): Map<string, Piece[]> {
  const found = new Map<string, Piece[]>();
  for (const [, key = '', quoted, bare = ''] of value.matchAll(pair)) {
    const [name = '', order, star] = key.toLowerCase().split('*');
    const coded = key.endsWith('*');
    const numbered = /^\d{1,3}$/.test(order ?? '');
    if (star !== undefined && star !== '' && !numbered) continue;
    const piece = {
      order: numbered ? Number(order) : 0,
      text: quoted === undefined ? bare.trim() : unescaped(quoted),
      coded,
    };
    const id = order === undefined ? `${name} plain` : `${name} pieces`;
    const pieces = found.get(id) ?? [];
    if (pieces.length < 200) pieces.push(piece);
    found.set(id, pieces);
  }
  return found;
}

/** Reads `text/plain; charset=x; name*0*=…`. Where a name is given both ways the RFC 2231 one wins. Never throws. */
export function readParameters(given: string | null, hint: string | null = null): Parameters {
  const value = (given ?? '').slice(0, 16_384);
  const end = value.indexOf(';');
  const found = collected(end === -1 ? '' : value.slice(end));
  const params = new Map<string, string>();
  for (const [id, pieces] of found) {
    const [name = '', way] = id.split(' ');
    if (way === 'plain' && found.has(`${name} pieces`)) continue;
    params.set(name, cleanLine(joined(way === 'plain' ? pieces.slice(0, 1) : pieces, hint)));
  }
  const head = (end === -1 ? value : value.slice(0, end)).replace(/\([^()]*\)/g, '');
  return {
    value: head
      .trim()
      .toLowerCase()
      .replace(/^["']|["']$/g, ''),
    params,
  };
}
