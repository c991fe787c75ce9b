import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { arabicCharset, arabicScore, readAsArabic } from './arabic-guess.ts';
import { mendMojibake } from './mojibake.ts';

/** Labels that say nothing of bytes above ASCII: missing, invented, or what mail programs write without looking. */
const weak =
  /^(?:us-?ascii|ascii|ansi.*|x?-?unknown.*|unknown.*|default|iso-8859-1|latin-?1|iso-8859-15|windows-1252|cp1252|binary|8bit|utf-?8|)$/;
const isWestern = /^(?:iso-8859-1|latin-?1|iso-8859-15|windows-1252)$/;
const singleByte = /^(?:iso-?8859|windows-?125|cp-?125|x-cp125|koi8|latin|mac|ibm|cp[48]|asmo|arabic)/;
/** Charsets that write other letters in ASCII bytes, so that "all ASCII" does not mean plain. */
const stateful = /^(?:utf-?7|unicode-1-1-utf-7|iso-?2022|hz|utf-?(?:16|32)|ucs|x?-?ebcdic|cp037)/;

const aliases: Record<string, string> = {
  arabic: 'iso-8859-6',
  'asmo-708': 'iso-8859-6',
  'ecma-114': 'iso-8859-6',
  'iso-8859-6-i': 'iso-8859-6',
  'iso-8859-6-e': 'iso-8859-6',
  'iso-8859-8-i': 'iso-8859-8',
  'unicode-1-1-utf-7': 'utf-7',
  'ks_c_5601-1987': 'cp949',
};

const cleaned = (label: string | null): string => {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']+|["']+$/g, '')
    .replace(/^charset=/, '');
  const plain = name.replace(/^(?:x-)?(?:cp|windows|win)[-_ ]?(125\d)\b.*$/, 'windows-$1');
  return aliases[plain] ?? plain.replace(/^iso[-_ ]?8859[-_ ]?(\d+)$/, 'iso-8859-$1');
};

function byWhatwg(bytes: Buffer, label: string): string | null {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return null;
  }
}

function byLabel(bytes: Buffer, label: string): string | null {
  if (/^iso-?2022/.test(label)) return byWhatwg(bytes, label);
  return iconv.encodingExists(label) ? iconv.decode(bytes, label) : byWhatwg(bytes, label);
}

function byMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes[0] === 0xfe && bytes[1] === 0xff ? iconv.decode(bytes, 'utf-16be') : null;
}

const lost = (text: string): number => text.match(/\ufffd/g)?.length ?? 0;

/** UTF-8 of which a byte or two went missing is still UTF-8: few losses among many letters that make sense. */
function hurtUtf8(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  const beyond = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return beyond > 0 && lost(text) * 4 <= beyond ? text : null;
}

function asUtf8(bytes: Buffer, label: string): string | null {
  const text = bytes.toString('utf8');
  if (weak.test(label) || singleByte.test(label) || !iconv.encodingExists(label)) return mendMojibake(text);
  const other = byLabel(bytes, label);
  return other === null || lost(other) > 0 || arabicScore(text) > 2 ? text : other;
}

function guessed(bytes: Buffer, label: string): string {
  const arabicLabel = label === 'windows-1256' || label === 'iso-8859-6';
  const known = label !== '' && iconv.encodingExists(label);
  if (!arabicLabel && !weak.test(label) && known) return iconv.decode(bytes, label);
  const asHurt = arabicLabel ? null : hurtUtf8(bytes);
  if (asHurt !== null) return asHurt;
  const asArabic = readAsArabic(bytes, arabicLabel ? label : null);
  if (asArabic !== null) return asArabic;
  const named = known && !/^(?:utf-?8|us-?ascii|ascii|binary)$/.test(label) ? label : 'windows-1252';
  return byLabel(bytes, named) ?? bytes.toString('latin1');
}

const isWide = /^(?:utf-?(?:16|32)|ucs)/;

/** Words of one byte to each sign in ASCII, whatever a label says of wide signs: those of ASCII would hold zeros. */
function isNarrow(bytes: Buffer): boolean {
  if (!isUtf8(bytes)) return false;
  const text = bytes.toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x08\x0b\x0e-\x1f\x7f]/.test(text) || !/\p{L}/u.test(text)) return false;
  // Two letters of ASCII may be one Chinese sign; a whole line with spaces is none.
  return !isAscii(bytes) || bytes.length % 2 === 1 || (bytes.length > 7 && /\s/.test(text));
}

/**
 * Bytes to words. The label is followed where the bytes do not speak against it: UTF-8 and the two Arabic single-byte
 * charsets are recognized under wrong and missing labels, and twice encoded UTF-8 is undone. Never throws.
 */
export function decodeBytes(given: Uint8Array, label: string | null): string {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const name = cleaned(label);
  const marked = bytes.length > 1 ? byMark(bytes) : null;
  if (marked !== null) return marked;
  if (isWide.test(name) && isNarrow(bytes)) return mendMojibake(bytes.toString('utf8'));
  if (stateful.test(name)) return byLabel(bytes, name) ?? bytes.toString('latin1');
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return asUtf8(bytes, name) ?? bytes.toString('utf8');
  if (weak.test(name) || singleByte.test(name)) return guessed(bytes, name);
  return byLabel(bytes, name) ?? guessed(bytes, '');
}

/**
 * Whether bytes speak against their label, or say more than it does, so that following it would give other words than
 * `decodeBytes`: UTF-8 under another name, no UTF-8 under that name, a charset that nobody knows, Arabic under another.
 */
export function contradicts(given: Uint8Array, label: string | null): boolean {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const name = cleaned(label);
  const isUnicode = name === '' || name === 'utf-8' || name === 'utf8';
  if (stateful.test(name) || (bytes.length > 1 && byMark(bytes) !== null)) return true;
  if (isAscii(bytes)) return false;
  if (isUnicode || isUtf8(bytes)) return !(isUnicode && isUtf8(bytes));
  if (name === 'windows-1256' || name === 'iso-8859-6') return arabicCharset(bytes, name) !== name;
  if (!weak.test(name)) return !iconv.encodingExists(name);
  return !isWestern.test(name) || hurtUtf8(bytes) !== null || readAsArabic(bytes, null) !== null;
}
