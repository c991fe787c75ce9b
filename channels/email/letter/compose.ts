import { buffer } from 'node:stream/consumers';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';
import { bodyHtml } from './body.ts';
import type { Enclosure } from './enclosures.ts';
import type { Frame } from './frame.ts';
import type { LetterHead } from './headers.ts';
import { letterPage } from './page.ts';

/** The composer hands on what a stream throws as it is; here a file that cannot be read is told by its name. */
async function fileOf({ filename, contentType, content }: Enclosure) {
  const bytes = await buffer(content).catch((cause: unknown) => {
    throw new SendError('unexpected-response', `The file "${filename}" could not be read.`, { cause });
  });
  return { filename, contentType, contentDisposition: 'attachment' as const, content: bytes };
}

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
const wholeText = (text: string, foot: readonly string[]): string =>
  foot.length > 0 ? `${text}\n\n-- \n${foot.join('\n')}\n` : `${text}\n`;

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

/** The letter as the bytes that are sent and filed: a plain part and an HTML part, each in its language, and the files. */
export async function composeLetter(
  message: OutboundMessage,
  head: LetterHead,
  frame: Frame,
  enclosures: readonly Enclosure[],
): Promise<Buffer> {
  const said = message.automated ? [frame.automatic, ...frame.foot] : frame.foot;
  const foot = message.letter?.alone ? [] : said;
  const text = wholeText(message.text.replace(/\r\n?/g, '\n').trim(), foot);
  const lines = message.language === 'ar' ? text.split('\n').map(directed).join('\n') : text;
  const headers = { 'Content-Language': message.language };
  const files = await Promise.all(enclosures.map(fileOf));
  const composer = new MailComposer({
    ...head,
    text: { content: lines.toWellFormed(), headers },
    html: { content: htmlOf(message, frame, foot, head.subject).toWellFormed(), headers },
    encoding: 'base64',
    attachments: files,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
