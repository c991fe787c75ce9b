import type { MailAddress } from '../mail.ts';
import { readWords } from './words.ts';

const most = 500;
const longest = 65_536;
const longestEntry = 2000;

/** Stands where quotes were; no header holds it, since it is taken out of the value first. */
const quoteMark = '\u0000';

/** One entry of an address list while it is read: what stood outside and inside of angle brackets, and in comments. */
interface Entry {
  phrase: string;
  angle: string | null;
  comment: string;
}

const tokens =
  /=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=|"(?:[^"\\]|\\[\s\S])*"?|\((?:[^()\\]|\\[\s\S])*\)?|<[^<>]*>?|[,;:]|[^"(<,;:=]+|[\s\S]/gi;

const unquoted = (token: string): string => token.replace(/^"|"$/g, '').replace(/\\([\s\S])/g, '$1');

function place(entry: Entry, token: string, before: string): void {
  if (token.startsWith('(')) entry.comment ||= token.replace(/^\(|\)$/g, '');
  else if (token.startsWith('"')) entry.phrase += before === '@' ? token : `${quoteMark}${unquoted(token)}${quoteMark}`;
  else entry.phrase += token;
}

/** Splits the list at its commas, group marks and between neighbours in angle brackets; linear. */
function entries(value: string): Entry[] {
  const list: Entry[] = [];
  let entry: Entry = { phrase: '', angle: null, comment: '' };
  const close = () => {
    if (entry.phrase.length > longestEntry) entry.phrase = entry.phrase.slice(0, longestEntry);
    if (entry.phrase.trim() || entry.angle !== null) list.push(entry);
    entry = { phrase: '', angle: null, comment: '' };
  };
  let before = '';
  for (const [token] of value.matchAll(tokens)) {
    if (token === ',' || token === ';') close();
    else if (token === ':' && entry.angle === null && !entry.phrase.includes('@') && !/mailto$/i.test(entry.phrase))
      entry.phrase = '';
    else if (token.startsWith('<')) {
      if (entry.angle !== null) close();
      entry.angle = token.replace(/^<|>$/g, '').slice(0, longestEntry);
    } else place(entry, token, before);
    before = token.at(-1) ?? '';
    if (list.length >= most) return list;
  }
  close();
  return list;
}

/** The address itself: without route, `mailto:`, spaces or stray signs; in lower case. */
function plainAddress(text: string): string {
  const bare = text
    .replaceAll(quoteMark, '')
    .replace(/\([^()]{0,200}\)/g, '')
    .replace(/^[\s<'"]*(?:mailto:)?/i, '')
    .replace(/^@[^:]*:/, '')
    .replace(/[\s>'",;.]+$/, '');
  return readWords(bare).replace(/\s+/g, '').toLowerCase();
}

const addressLike = /[^\s<>()[\],;:\0]+@[^\s<>()[\],;:\0]+/;

/** Some programs encode the whole of `name <address>`. */
const withinWord = /=\?[^?]{1,60}\?[bq]\?[^?]{0,1000}@/i;

function readName(entry: Entry, used: string, hint: string | null): string {
  const rest = used === '' ? entry.phrase : entry.phrase.replace(used, ' ');
  const name = readWords(rest.replaceAll(quoteMark, ''), hint) || readWords(entry.comment, hint);
  return name
    .replace(/^'(.*)'$/, '$1')
    .replace(/^"(.*)"$/, '$1')
    .trim();
}

function readEntry(entry: Entry, hint: string | null): MailAddress | null {
  const inPhrase = withinWord.test(entry.phrase) ? null : (addressLike.exec(entry.phrase)?.[0] ?? null);
  const angled = entry.angle?.trim() ? entry.angle : null;
  if (angled !== null && (angled.includes('@') || inPhrase === null))
    return { address: plainAddress(angled), name: readName(entry, '', hint) };
  if (inPhrase !== null) return { address: plainAddress(inPhrase), name: readName(entry, inPhrase, hint) };
  return hidden(entry, hint);
}

/** An address within an encoded word, or a bare local part such as `root`. */
function hidden(entry: Entry, hint: string | null): MailAddress | null {
  const words = readWords(entry.phrase.replaceAll(quoteMark, ''), hint);
  const found = /^(.*?)<?([^\s<>"]+@[^\s<>"]+?)>?$/.exec(words.slice(0, 1000));
  if (found?.[2]) return { address: found[2].toLowerCase(), name: (found[1] ?? '').replace(/["<]/g, '').trim() };
  return /^[\w.+-]{1,64}$/.test(words) ? { address: words.toLowerCase(), name: '' } : null;
}

/**
 * Reads an address list as it stands in the source (one character per byte): groups, comments, quotes, encoded and raw
 * names, missing commas. What holds no address is left out. At most 500; linear.
 */
export function readAddresses(value: string | null, hint: string | null = null): MailAddress[] {
  if (!value) return [];
  return entries(value.slice(0, longest).replaceAll(quoteMark, ''))
    .map((entry) => readEntry(entry, hint))
    .filter((one): one is MailAddress => one !== null && one.address !== '');
}
