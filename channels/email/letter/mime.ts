import { domainToASCII } from 'node:url';
import type { LetterHead, NamedAddress } from './headers.ts';

/** One part of a letter: what stands above it, and its bytes. */
export interface Part {
  headers: readonly string[];
  content: Buffer;
}

const printable = /^[\x20-\x7e]*$/;
/** An encoded word may have 75 characters (RFC 2047 section 2), so 45 bytes; the field's name takes some of the first line. */
const wordBytes = 42;

/** Whole characters only: a word that ends within one is unreadable to many clients. */
function encodedWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const letter of text.toWellFormed()) {
    if (Buffer.byteLength(word + letter) > wordBytes) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`);
}

/** A header field of tokens that may each stand on a line of their own; no token can begin a field of its own. */
export const field = (name: string, tokens: readonly string[]): string =>
  `${name}: ${tokens.map((token) => token.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')).join('\r\n ')}`;

const isSimple = (text: string): boolean => printable.test(text) && text.length <= 60 && !text.includes('=?');

/** A field of free words, such as the subject. */
const wordsField = (name: string, text: string): string => field(name, isSimple(text) ? [text] : encodedWords(text));

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function bareAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return `<${address.slice(0, at)}@${printable.test(domain) ? domain : domainToASCII(domain) || domain}>`;
}

const addressTokens = ({ name, address }: NamedAddress): string[] => {
  if (name === '') return [bareAddress(address)];
  return [...(isSimple(name) ? [quoted(name)] : encodedWords(name)), bareAddress(address)];
};

const addressesField = (name: string, all: readonly NamedAddress[]): string =>
  field(
    name,
    all.flatMap((one, index) => {
      const tokens = addressTokens(one);
      const last = tokens.length - 1;
      return index === all.length - 1 ? tokens : tokens.map((token, at) => (at === last ? `${token},` : token));
    }),
  );

/** The fields of a letter's head, in the order in which people read them. */
export function headFields(head: LetterHead): string[] {
  return [
    field('Date', [head.date.toUTCString().replace('GMT', '+0000')]),
    addressesField('From', [head.from]),
    addressesField('To', [head.to]),
    ...(head.cc.length > 0 ? [addressesField('Cc', head.cc)] : []),
    addressesField('Reply-To', [head.replyTo]),
    wordsField('Subject', head.subject),
    field('Message-ID', [head.messageId]),
    ...(head.inReplyTo ? [field('In-Reply-To', [head.inReplyTo])] : []),
    ...(head.references ? [field('References', head.references)] : []),
    ...Object.entries(head.headers).map(([name, value]) => field(name, [value])),
    'MIME-Version: 1.0',
  ];
}

/** 57 bytes make a line of 76 characters. */
const chunkBytes = 57 * 1024;

function* base64Lines(content: Buffer): Generator<Buffer> {
  for (let from = 0; from < content.length; from += chunkBytes) {
    const encoded = content.subarray(from, from + chunkBytes).toString('base64');
    yield Buffer.from(`${encoded.replace(/.{76}(?=.)/g, '$&\r\n')}\r\n`, 'latin1');
  }
}

/** Every part is in base64: Arabic is shorter in it than in quoted-printable, and no line can be too long. */
export const encodedPart = ({ headers, content }: Part): Buffer =>
  Buffer.concat([
    Buffer.from(`${[...headers, 'Content-Transfer-Encoding: base64'].join('\r\n')}\r\n\r\n`),
    ...base64Lines(content),
  ]);

/** The name of a file for clients that know RFC 2231 and for those that only know encoded words. */
export function fileFields(type: string, name: string): string[] {
  const percent = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return [
    field('Content-Type', [
      `${type};`,
      ...(isSimple(name) ? [`name=${quoted(name)}`] : [`name="${encodedWords(name).join(' ')}"`]),
    ]),
    field('Content-Disposition', [
      'attachment;',
      isSimple(name) ? `filename=${quoted(name)}` : `filename*=UTF-8''${percent}`,
    ]),
  ];
}

/** Parts that belong together. `boundary` must not occur in them, as nothing with `_` does that is in base64. */
export const multipart = (kind: 'alternative' | 'mixed', boundary: string, parts: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from(`Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
