import { buffer } from 'node:stream/consumers';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import type { Language } from '../../../src/language/language.ts';
import { bodyHtml } from './body.ts';
import type { Enclosure } from './enclosures.ts';
import type { Frame } from './frame.ts';
import type { LetterHead } from './headers.ts';
import { encodedPart, fileFields, headFields, multipart } from './mime.ts';
import { letterPage } from './page.ts';

const firstStrong = /^[^\p{L}]*(?<letter>\p{L})/u;
const arabic = /\p{Script=Arabic}/u;
const isolated = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/g;

/** An Arabic line that begins with a foreign word is marked, since a client guesses a line's direction by its first letter. */
function directed(line: string): string {
  const bare = line.replace(isolated, '');
  const first = firstStrong.exec(bare)?.groups?.letter ?? '';
  return first !== '' && !arabic.test(first) && arabic.test(bare) ? `\u200f${line}` : line;
}

const previewLength = 110;
const previewOf = (text: string): string =>
  [
    ...text
      .replace(/[\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, previewLength)
    .join('');

/** Below the sign that mail clients know a signature by (RFC 3676 section 4.3), so that an answer does not quote it. */
const wholeText = (text: string, foot: readonly string[]): string => `${text}\n\n-- \n${foot.join('\n')}\n`;

const htmlOf = (message: OutboundMessage, frame: Frame, foot: readonly string[], subject: string): string =>
  letterPage({
    language: message.language,
    subject,
    preview: previewOf(message.text),
    unit: frame.unit,
    organisation: frame.organisation,
    body: bodyHtml(message, message.language),
    foot,
  });

const wordsPart = (subtype: 'plain' | 'html', language: Language, words: string): Buffer =>
  encodedPart({
    headers: [`Content-Type: text/${subtype}; charset=utf-8`, `Content-Language: ${language}`],
    content: Buffer.from(words.toWellFormed().replace(/\n/g, '\r\n')),
  });

async function filePart({ filename, contentType, content }: Enclosure): Promise<Buffer> {
  const bytes = await buffer(content).catch((cause: unknown) => {
    throw new SendError('unexpected-response', `The file "${filename}" could not be read.`, { cause });
  });
  return encodedPart({ headers: fileFields(contentType, filename), content: bytes });
}

async function withFiles(words: Buffer, boundary: string, enclosures: readonly Enclosure[]): Promise<Buffer> {
  if (enclosures.length === 0) return words;
  const parts = [words];
  for (const one of enclosures) parts.push(await filePart(one));
  return multipart('mixed', boundary, parts);
}

/** The letter as the bytes that are sent and filed: a plain part and an HTML part, each in its language, and the files. */
export async function composeLetter(
  message: OutboundMessage,
  head: LetterHead,
  frame: Frame,
  enclosures: readonly Enclosure[],
): Promise<Buffer> {
  const { language, id } = message;
  const foot = message.automated ? [frame.automatic, ...frame.foot] : frame.foot;
  const text = wholeText(message.text.replace(/\r\n?/g, '\n').trim(), foot);
  const lines = language === 'ar' ? text.split('\n').map(directed).join('\n') : text;
  const html = htmlOf(message, frame, foot, head.subject);
  const boundary = `=_${id.replace(/[^\w-]/g, '').slice(0, 60)}`;
  const words = multipart('alternative', `${boundary}_a`, [
    wordsPart('plain', language, lines),
    wordsPart('html', language, html),
  ]);
  const whole = await withFiles(words, `${boundary}_m`, enclosures);
  return Buffer.concat([Buffer.from(`${headFields(head).join('\r\n')}\r\n`), whole]);
}
