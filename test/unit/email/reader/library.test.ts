import { readdirSync, readFileSync } from 'node:fs';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { ReadMail } from '../../../../channels/email/mail.ts';
import { readWithLibrary } from '../../../../channels/email/reader/library.ts';
import { trustedParts } from '../../../../channels/email/reader/library-parts.ts';
import { readParts } from '../../../../channels/email/reader/parts.ts';
import { readMail } from '../../../../channels/email/reader/read-mail.ts';
import { base64Lines, bytes, inCharset, lines, multipart, quotedPrintable, readingWith } from './build-mail.ts';

const words = 'السلام عليكم ورحمة الله،\r\n\r\nأود معرفة موعد الموعد القادم، وشكرا لكم.';
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const encoded = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

const head = lines(
  `From: ${encoded('منى سالم')} <Mona@people.example>`,
  'To: "Care, Public" <care@body.example>, help@body.example',
  `Cc: ${encoded('سعد')} <saad@people.example>`,
  'Reply-To: mona.home@people.example',
  `Subject: ${encoded('طلب موعد')}`,
  'Date: Fri, 20 Nov 2026 10:00:00 +0300',
  'Message-ID: <clean@people.example>',
  'In-Reply-To: <b@body.example>',
  'References: <a@body.example>',
  ' <b@body.example>',
  'MIME-Version: 1.0',
  '',
);
const part = (type: string, encoding: string, body: string | Uint8Array, ...more: string[]): Buffer =>
  bytes(lines(`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, ...more, '', ''), body);
const attached = (name: string, type: string, content: Uint8Array): Buffer =>
  part(type, 'base64', base64Lines(content), `Content-Disposition: attachment; filename="${name}"`);
const inParts = (kind: string, parts: Uint8Array[], edge = 'edge'): Buffer => {
  const whole = multipart(kind, parts, edge);
  return whole.subarray(whole.indexOf(`Content-Type: multipart/${kind}`));
};
const html = '<p dir="rtl">السلام عليكم</p>';
const both = [part('text/plain; charset=utf-8', '8bit', words), part('text/html; charset=utf-8', '8bit', html)];

const clean: [string, Uint8Array][] = [
  ['of plain words', part('text/plain; charset=us-ascii', '7bit', 'Good morning,\r\n\r\nwhen is my appointment?')],
  ['in UTF-8 as it is', part('text/plain; charset=utf-8', '8bit', words)],
  ['in UTF-8 as base64', part('text/plain; charset="utf-8"', 'base64', base64Lines(Buffer.from(words)))],
  ['in UTF-8, quoted', part('text/plain; charset=UTF-8', 'quoted-printable', quotedPrintable(Buffer.from(words)))],
  ['in windows-1256', part('text/plain; charset=windows-1256', '8bit', inCharset('windows-1256', words))],
  ['in ISO-8859-6', part('text/plain; charset=iso-8859-6', 'base64', base64Lines(inCharset('iso-8859-6', words)))],
  ['in Latin-1', part('text/plain; charset=iso-8859-1', '8bit', inCharset('latin1', 'Le café était fermé'))],
  ['in Japanese', part('text/plain; charset=shift_jis', '8bit', inCharset('shift_jis', 'よろしくお願いします'))],
  ['with flowing lines', part('text/plain; charset=utf-8; format=flowed', '7bit', 'one \r\ntwo\r\nthree')],
  ['in two versions', inParts('alternative', both)],
  [
    'with files',
    inParts('mixed', [
      part('text/plain; charset=utf-8', '8bit', words),
      attached('a.png', 'image/png', Buffer.from(png, 'base64')),
      attached('b.bin', 'application/x-own', Buffer.alloc(200_000, 9)),
      attached('c.txt', 'text/plain', Buffer.from('a file of words')),
    ]),
  ],
  [
    'with versions, a picture within and a file',
    inParts('mixed', [
      inParts('related', [inParts('alternative', both, 'in'), part('image/png', 'base64', png)], 'mid'),
      attached('a.pdf', 'application/pdf', Buffer.from('%PDF-1.7 x')),
    ]),
  ],
];

const plain = (text = ''): string => text.replace(/\r\n/g, '\n').trim();
const pairs = (found?: AddressObject | AddressObject[]) =>
  [found ?? []].flat().flatMap(({ value }) => value.map((one) => ({ ...one, address: one.address?.toLowerCase() })));
const contents = (mail: ReadMail): Buffer[] =>
  mail.files.map(({ path, content }) => (path === null ? Buffer.from(content ?? []) : readFileSync(path)));

const asRead = (mail: ReadMail) => ({
  from: mail.from,
  to: mail.to,
  cc: mail.cc,
  replyTo: mail.replyTo,
  subject: mail.subject,
  sentAt: mail.sentAt,
  messageId: mail.messageId,
  references: mail.references,
  text: plain(mail.text),
  files: contents(mail).map((content) => content.toString('base64')),
});

const asParsed = (mail: ParsedMail) => ({
  from: pairs(mail.from)[0],
  to: pairs(mail.to),
  cc: pairs(mail.cc),
  replyTo: pairs(mail.replyTo)[0],
  subject: mail.subject,
  sentAt: mail.date?.toISOString(),
  messageId: mail.messageId,
  references: [mail.references ?? []].flat().toReversed(),
  text: plain(mail.text),
  files: mail.attachments.map(({ content }) => content.toString('base64')),
});

describe.each(clean)('a mail that is as it should be, %s', (_, body) => {
  const raw = bytes(head, body);

  it('is read as the library alone reads it', async () => {
    expect(asRead(await readMail(raw, readingWith()))).toEqual(asParsed(await simpleParser(raw)));
  });

  it('is the library to read, part by part', async () => {
    const reading = readingWith();
    const { parts } = readParts(raw, reading.limits);
    const trusted = trustedParts(raw, parts, (await readWithLibrary(raw, reading)).parts);
    expect([...trusted.keys()]).toEqual(parts.filter(({ children }) => children.length === 0));
  });

  it('is read the same where the library gives up', async () => {
    const [mail, without] = [
      await readMail(raw, readingWith()),
      await readMail(raw, { ...readingWith(), withLibrary: false }),
    ];
    expect(asRead(without)).toEqual(asRead(mail));
    expect([without.html, without.digest, without.problem]).toEqual([mail.html, mail.digest, null]);
  });
});

describe('where the library cannot be waited for', () => {
  it('a mail is read whole without it, and nothing of it stays in the spool', async () => {
    const files = Array.from({ length: 20 }, () => attached('b.bin', 'application/x-own', Buffer.alloc(300_000, 9)));
    const reading = readingWith({ ms: 0 });
    const mail = await readMail(bytes(head, inParts('mixed', [...both, ...files])), reading);
    expect([mail.problem, mail.files.length]).toEqual([null, 20]);
    expect(readdirSync(reading.spool.directory)).toHaveLength(20);
  });
});

describe('what the library would get wrong', () => {
  const subjectOf = async (...fields: string[]) =>
    (await readMail(Buffer.from(lines(...fields, '', 'x')), readingWith())).subject;

  it('is read by the guard: words split within a letter, raw bytes, a second field of a name', async () => {
    const letters = Buffer.from('موعد');
    const split = [letters.subarray(0, 3), letters.subarray(3)].map((half) => `=?utf-8?B?${half.toString('base64')}?=`);
    expect(await subjectOf(`Subject: ${split.join('\r\n ')}`)).toBe('موعد');
    expect(await subjectOf('Subject: first', 'Subject: second')).toBe('first');
  });

  it('is read by the guard: quoted lines that flow, and a date that is none', async () => {
    const flowed = part('text/plain; charset=utf-8; format=flowed', '7bit', '> one \r\n> two\r\nthree');
    expect((await readMail(bytes(head, flowed), readingWith())).text).toBe('> one two\nthree');
    expect((await readMail(Buffer.from('Date: soon\r\n\r\nx'), readingWith())).sentAt).toBeNull();
  });

  it('is read by the guard: UTF-8 under another label, in a part beside one that is right', async () => {
    const wrong = part('text/plain; charset=windows-1256', '8bit', 'موعد');
    const mail = await readMail(bytes(head, inParts('mixed', [wrong, both[0]!])), readingWith());
    expect(mail.text).toBe(`موعد\n\n${plain(words)}`);
  });
});
