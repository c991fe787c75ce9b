import { decodeBytes } from './charset.ts';
import { cleanText } from './clean-text.ts';
import { unflow } from './flowed.ts';
import { harmless, isTooDense } from './harmless.ts';
import { fieldOf } from './head.ts';
import { textOfHtml } from './html-text.ts';
import type { LibraryPart } from './library.ts';
import type { ReaderLimits } from './limits.ts';
import { mendMojibake } from './mojibake.ts';
import type { PartKind } from './part-kind.ts';
import type { SourcePart } from './parts.ts';
import { decodeTransfer, plainFooter } from './transfer.ts';

/** The words of a mail; `html` is harmless already. */
export interface Body {
  text: string;
  html: string | null;
  /** True where a limit cut something off, or HTML could only be read roughly. */
  cut: boolean;
}

/** Words of one part or of several; `text` is null where only HTML tells them. */
interface Words {
  text: string | null;
  html: string | null;
}

/** What is known of a mail when its words are put together. */
export interface Parsed {
  kinds: ReadonlyMap<SourcePart, PartKind>;
  library: ReadonlyMap<SourcePart, LibraryPart>;
}

interface Work extends Parsed {
  raw: Buffer;
  limits: ReaderLimits;
  textLeft: number;
  htmlLeft: number;
  cut: boolean;
}

/** The bytes of a part with its transfer encoding undone, of at most `most` bytes of the source. */
export const contentOf = (raw: Buffer, part: SourcePart, most = Number.POSITIVE_INFINITY): Buffer =>
  decodeTransfer(
    raw.subarray(part.start, Math.min(part.end, part.start + most)),
    fieldOf(part.head, 'content-transfer-encoding'),
  );

const metaCharset = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})/i;

function charsetOf(part: SourcePart, bytes: Buffer): string | null {
  const named = part.content.params.get('charset');
  if (named) return named;
  return part.type === 'text/html' ? (metaCharset.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? null) : null;
}

/** Takes what is left of a budget of characters. */
function take(work: Work, budget: 'textLeft' | 'htmlLeft', words: string): string {
  const taken = words.length > work[budget] ? words.slice(0, work[budget]) : words;
  if (taken.length < words.length) work.cut = true;
  work[budget] -= taken.length;
  return taken;
}

/** Words between tags, found without understanding the tags: for HTML that is too much to be read properly. */
export function roughText(html: string): string {
  const out: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open > at || open === -1) out.push(html.slice(at, open === -1 ? html.length : open));
    const close = open === -1 ? -1 : html.indexOf('>', open);
    if (close === -1) break;
    at = close + 1;
  }
  return out.join(' ').replace(/\s+/g, ' ').trim();
}

function readHtml(work: Work, source: string): Words {
  const html = take(work, 'htmlLeft', source);
  try {
    if (!isTooDense(html)) return { text: null, html: harmless(html) };
  } catch {
    // Read roughly below: the parser gave up.
  }
  work.cut = true;
  return { text: roughText(html), html: null };
}

function footerOf(raw: Buffer, part: SourcePart): string {
  const encoding = fieldOf(part.head, 'content-transfer-encoding');
  const footer = plainFooter(raw.subarray(part.start, part.end), encoding);
  return footer.length === 0 ? '' : `\n${decodeBytes(footer, null)}`;
}

/** The words of a part: the library's, else what the bytes make by themselves. */
function decodeLeaf(work: Work, part: SourcePart): string {
  const given = work.library.get(part)?.text ?? null;
  if (given !== null) return mendMojibake(cleanText(given));
  const most = (part.type === 'text/html' ? work.limits.htmlChars : work.limits.textChars) * 4;
  if (part.end - part.start > most) work.cut = true;
  const bytes = contentOf(work.raw, part, most);
  const words = cleanText(`${decodeBytes(bytes, charsetOf(part, bytes))}${footerOf(work.raw, part)}`);
  const { params } = part.content;
  const isFlowed = part.type !== 'text/html' && params.get('format')?.toLowerCase() === 'flowed';
  return isFlowed ? unflow(words, params.get('delsp')?.toLowerCase() === 'yes') : words;
}

function strayWords(part: SourcePart): string {
  const encoding = fieldOf(part.head, 'content-transfer-encoding');
  const bytes = decodeTransfer(Buffer.from(part.head.stray.join('\n'), 'latin1'), encoding);
  return cleanText(decodeBytes(bytes, charsetOf(part, bytes)));
}

/** The words of a part, or what stands among the fields of its head where nobody put an empty line before the words. */
function wordsOf(work: Work, part: SourcePart): string {
  const words = decodeLeaf(work, part);
  const { fields, stray } = part.head;
  if (stray.length === 0 || (fields.length > 0 && words.trim() !== '')) return words;
  work.cut = true;
  return `${strayWords(part)}\n\n${words}`.trimEnd();
}

function readLeaf(work: Work, part: SourcePart): Words {
  const words = wordsOf(work, part);
  return part.type === 'text/html' ? readHtml(work, words) : { text: take(work, 'textLeft', words), html: null };
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br />');

const textOf = (words: Words): string => words.text ?? (words.html === null ? '' : textOfHtml(words.html));

/** One after the other, as a mail program shows them. */
function inSequence(all: Words[]): Words {
  const [only] = all;
  if (only && all.length === 1) return only;
  const shown = all.filter((one) => one.html !== null || one.text?.trim());
  const hasHtml = shown.some((one) => one.html !== null);
  const hasText = shown.some((one) => one.text !== null);
  const html = shown.map((one) => one.html ?? `<div dir="auto">${escaped(one.text?.trim() ?? '')}</div>`);
  return {
    text: hasText ? shown.map((one) => textOf(one).trim()).join('\n\n') : null,
    html: hasHtml ? html.join('\n') : null,
  };
}

/** One of several versions: the first that is plain words, the last that is HTML. */
function oneOf(all: Words[]): Words {
  return {
    text: all.find((one) => one.text?.trim())?.text ?? null,
    html: all.findLast((one) => one.html !== null)?.html ?? null,
  };
}

function readPart(work: Work, part: SourcePart): Words | null {
  if (part.children.length === 0) return work.kinds.get(part) === 'words' ? readLeaf(work, part) : null;
  const all = part.children.map((child) => readPart(work, child)).filter((words) => words !== null);
  if (all.length === 0) return null;
  return part.type === 'multipart/alternative' ? oneOf(all) : inSequence(all);
}

const noHtmlHere = /html/i;
const excuse = /support|display|view|enable|capable|client|version|see th|يدعم|عرض|إصدار|نسخة/i;

/** True where plain words only say that the mail is to be read as HTML. */
const isExcuse = (text: string, html: string): boolean =>
  text.length < 300 && noHtmlHere.test(text) && excuse.test(text) && !html.includes(text);

function finalText(words: Words): string {
  if (words.text === null || words.html === null) return textOf(words);
  if (words.text.trim() !== '' && !isExcuse(words.text.trim(), '')) return words.text;
  const fromHtml = textOfHtml(words.html);
  return fromHtml === '' || fromHtml.includes(words.text.trim().slice(0, 60) || '\u0000') ? words.text : fromHtml;
}

/** Nobody writes it, and later rules that look for the end of a line would stumble over it. */
const longSpace = /[ \t]{500,}/g;

/** Puts together the words of a mail: versions are chosen among, sequences joined, HTML made harmless and readable. */
export function readBody(raw: Buffer, root: SourcePart, parsed: Parsed, limits: ReaderLimits): Body {
  const work: Work = { ...parsed, raw, limits, textLeft: limits.textChars, htmlLeft: limits.htmlChars, cut: false };
  const words = readPart(work, root) ?? { text: '', html: null };
  const lines = finalText(words).split('\n');
  const whole = lines
    .map((line) => line.trimEnd().replace(longSpace, ' '))
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
  const text = whole.slice(0, limits.textChars).toWellFormed();
  return { text, html: words.html === '' ? null : words.html, cut: work.cut || text.length < whole.length };
}
