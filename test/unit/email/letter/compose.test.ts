import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeLetter } from '../../../../channels/email/letter/compose.ts';
import { openEnclosures } from '../../../../channels/email/letter/enclosures.ts';
import { createFrames } from '../../../../channels/email/letter/frame.ts';
import { letterHead } from '../../../../channels/email/letter/headers.ts';
import type { EmailSettings } from '../../../../channels/email/settings.ts';
import type { OutboundMessage } from '../../../../src/channel/outbound.ts';
import { aMessage, someDeps, someSettings } from './a-letter.ts';

const frames = createFrames(someDeps().deps);
const replySecret = Buffer.alloc(32, 7);

interface Given {
  message?: Partial<OutboundMessage>;
  settings?: Partial<EmailSettings>;
  name?: string;
  files?: Record<string, Buffer>;
}

async function rawOf({ message = {}, settings = {}, name = 'وحدة خدمة العملاء', files = {} }: Given): Promise<Buffer> {
  const given = aMessage(message);
  const openFile = async ({ id }: { id: string }) =>
    files[id] ? { name: id, type: 'application/pdf', stream: Readable.from([files[id]]) } : null;
  const head = letterHead(given, { settings: someSettings(settings), name, loopMark: 'the-mark', replySecret });
  return composeLetter(given, head, await frames(given.language), await openEnclosures(given, openFile));
}

const mailOf = async (given: Given): Promise<ParsedMail> =>
  simpleParser(await rawOf(given), { skipTextToHtml: true, skipHtmlToText: true });

const addresses = (field: ParsedMail['to']) => [field ?? []].flat().flatMap((one) => one.value);
const lineOf = (mail: ParsedMail, key: string): string =>
  mail.headerLines.find((one) => one.key === key)?.line.replace(/\r\n/g, '') ?? '';
const keysOf = (mail: ParsedMail): string[] => mail.headerLines.map(({ key }) => key).sort();
const wordsIn = (mail: ParsedMail): string => (mail.text ?? '').split('\n\n-- \n')[0] ?? '';

describe('the head of a letter', () => {
  it('names who writes, to whom, about what and in answer to what', async () => {
    const mail = await mailOf({});
    expect(addresses(mail.from)).toEqual([{ address: 'care@example.org', name: 'وحدة خدمة العملاء' }]);
    expect(addresses(mail.to)).toEqual([{ address: 'sara@example.com', name: '' }]);
    expect(addresses(mail.replyTo)[0]?.address).toMatch(/^care\+k7f2m9x4[a-z2-7]{10}@example\.org$/);
    expect(mail.subject).toBe('رد: عطل في جهاز العرض');
    expect(mail.messageId).toBe('<q1w2e3r4t5y6u7i8o9p0_a-sdfg@example.org>');
    expect(mail.inReplyTo).toBe('<q-1@example.com>');
    expect(mail.references).toEqual(['<q-0@example.com>', '<q-1@example.com>']);
    expect(mail.date?.toISOString()).toBe('2026-11-22T07:00:00.000Z');
    expect(mail.headers.get('mime-version')).toBe('1.0');
  });

  it('says that no person wrote it, so that no robot answers (RFC 3834)', async () => {
    const mail = await mailOf({});
    expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.headers.get('precedence')).toBe('auto_reply');
    expect(mail.headers.get('x-wasl-loop')).toBe('the-mark');
    const first = await mailOf({ message: { letter: { subject: 's', inReplyTo: null, references: [] } } });
    expect(first.headers.get('auto-submitted')).toBe('auto-generated');
    expect(keysOf(first)).not.toContain('in-reply-to');
    expect(keysOf(first)).not.toContain('references');
  });

  it('says nothing of the kind where an agent wrote it', async () => {
    const keys = keysOf(await mailOf({ message: { automated: false, author: 'agent' } }));
    for (const key of ['auto-submitted', 'x-auto-response-suppress', 'precedence', 'x-wasl-loop'])
      expect(keys).not.toContain(key);
  });

  it('gives a copy to whoever is to have one, never to the person, to ourselves or twice (IN-17)', async () => {
    const copyTo = ['head@example.org', 'sara@example.com', 'head@example.org', 'care@example.org', 'old@example.org'];
    const mail = await mailOf({
      message: { address: 'Sara@Example.com' },
      settings: { copyTo, aliases: ['old@example.org'] },
    });
    expect(addresses(mail.cc).map(({ address }) => address)).toEqual(['head@example.org']);
  });

  it('goes to its receiver alone where it is for staff or an outside body, without the words for beneficiaries', async () => {
    const mail = await mailOf({
      message: { automated: true, letter: { subject: 's', inReplyTo: null, references: [], alone: true } },
      settings: { copyTo: ['head@example.org'] },
    });
    expect(mail.cc).toBeUndefined();
    expect(mail.text).not.toContain('-- \n');
    expect(keysOf(mail)).toContain('auto-submitted');
  });

  it('keeps the first and the last 19 of a long exchange, and nothing that is no Message-ID', async () => {
    const references = Array.from({ length: 60 }, (_, index) => `<${index}-${'r'.repeat(40)}@example.com>`);
    const mail = await mailOf({
      message: {
        letter: { subject: 's', inReplyTo: 'sha256:12', references: [...references, 'x', '<a>\r\nBcc: <b@c>'] },
      },
    });
    expect(mail.references).toHaveLength(20);
    expect(mail.references?.[0]).toBe(references[0]);
    expect(mail.references?.at(-1)).toBe(references[59]);
    expect(keysOf(mail)).not.toContain('in-reply-to');
    expect(keysOf(mail)).not.toContain('bcc');
  });

  it('answers to the bare address where the server knows no plus addresses', async () => {
    expect(addresses((await mailOf({ settings: { replyToken: false } })).replyTo)[0]?.address).toBe('care@example.org');
  });
});

describe('the parts of a letter', () => {
  it('say the same in plain words and in HTML, each with its language and direction (lesson 67)', async () => {
    for (const [language, direction] of [
      ['ar', 'rtl'],
      ['en', 'ltr'],
    ] as const) {
      const raw = (await rawOf({ message: { language } })).toString();
      const mail = await mailOf({ message: { language } });
      expect(raw.match(new RegExp(`^Content-Language: ${language}\r$`, 'gm'))).toHaveLength(2);
      expect(mail.text).toContain('26000010');
      expect(mail.html).toContain('26000010');
      expect(mail.html).toMatch(new RegExp(`<html lang="${language}" dir="${direction}"`));
      expect(mail.html).toMatch(new RegExp(`<body class="page" lang="${language}" dir="${direction}"`));
      expect(mail.html).toMatch(new RegExp(`<td class="cell words" lang="${language}" dir="${direction}"`));
    }
  });

  it('isolate the number within Arabic words', async () => {
    const mail = await mailOf({});
    expect(mail.text).toContain('\u206826000010\u2069');
    expect(mail.html).toMatch(/<bdi dir="ltr"[^>]*>26000010<\/bdi>/);
  });

  it('mark an Arabic line that begins with a foreign word, since its direction is guessed by its first letter', async () => {
    const mail = await mailOf({ message: { text: 'Outlook لا يفتح\nOutlook only\nلا يفتح' } });
    expect(wordsIn(mail).split('\n')).toEqual(['\u200fOutlook لا يفتح', 'Outlook only', 'لا يفتح']);
  });

  it('have the foot, with how to answer, below the sign of a signature, and the line on automatic letters only there', async () => {
    const [automatic, personal] = [await mailOf({}), await mailOf({ message: { automated: false, author: 'agent' } })];
    const foot = (mail: ParsedMail): string => (mail.text ?? '').split('\n\n-- \n')[1] ?? '';
    expect(foot(automatic)).toContain('كُتبت هذه الرسالة آلياً');
    expect(foot(personal)).not.toContain('آلياً');
    for (const mail of [automatic, personal]) {
      expect(foot(mail)).toContain('الرد على هذه الرسالة');
      expect(foot(mail)).toContain('وحدة خدمة العملاء');
      expect(mail.html).toContain('الرد على هذه الرسالة');
    }
  });

  it('load nothing from anywhere', async () => {
    const { html } = await mailOf({});
    expect(html).not.toMatch(/<(?:img|link|script|iframe)|url\(|@import/i);
  });

  it('take the trusted HTML of an agent, with a look and isolated numbers', async () => {
    const html =
      '<p>اتصل على +966 11 123 4567 &amp; <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a</a></p>';
    const mail = await mailOf({ message: { html } });
    expect(mail.html).toContain('<p style=');
    expect(mail.html).toMatch(/<bdi dir="ltr"[^>]*>\+966 11 123 4567<\/bdi>/);
    expect(mail.html).toMatch(/<bdi dir="ltr"><a style="[^"]*" href="https:\/\/example\.org\/a\?b=1&amp;c=2">/);
    expect(mail.html).toContain('&amp; ');
  });
});

describe('the files of a letter', () => {
  const file = (id: string, name: string) => ({ id, name, type: 'application/pdf', bytes: 1 });

  it('arrive byte for byte under their Arabic names', async () => {
    const files = { a: Buffer.from([...Array(100_000).keys()].map((n) => n % 251)), b: Buffer.alloc(0) };
    const attachments = [file('a', 'خطاب رسمي (نسخة ٢).pdf'), file('b', '../../empty "1"\u202e.pdf')];
    const mail = await mailOf({ message: { attachments }, files: { ...files } });
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(['خطاب رسمي (نسخة ٢).pdf', 'empty 1.pdf']);
    expect(mail.attachments[0]?.content.equals(files.a)).toBe(true);
    expect(mail.attachments[1]?.content).toHaveLength(0);
    expect(mail.text).toContain('26000010');
    expect(mail.html).toContain('26000010');
  });

  it('are all closed, and the letter is not sent, where one is gone', async () => {
    const stream = Readable.from(['x']);
    const openFile = async ({ id }: { id: string }) => (id === 'a' ? { name: 'a', type: 'text/plain', stream } : null);
    const message = aMessage({ attachments: [file('a', 'a.txt'), file('b', 'b.txt')] });
    await expect(openEnclosures(message, openFile)).rejects.toMatchObject({ code: 'message-invalid' });
    expect(stream.destroyed).toBe(true);
  });
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 300 });
const withLines = fc
  .array(fc.oneof(anyText, fc.constantFrom('Bcc: x@example.net', '.', '..', '--', 'From here', 'سطر')))
  .map((all) => all.join('\r\n'));
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('any letter', () => {
  it('comes back with the same words, and with no field that was not put there', async () => {
    const usual = keysOf(
      await mailOf({
        message: { attachments: [{ id: 'f', name: 'f', type: '', bytes: 1 }] },
        files: { f: Buffer.from('x') },
      }),
    );
    await fc.assert(
      fc.asyncProperty(withLines, withLines, withLines, withLines, async (subject, text, name, fileName) => {
        const mail = await mailOf({
          name: `ن${name}`,
          message: {
            text,
            letter: { subject, inReplyTo: '<q-1@example.com>', references: [] },
            attachments: [{ id: 'f', name: fileName, type: 'text/plain\r\nBcc: x@example.net', bytes: 1 }],
          },
          files: { f: Buffer.from(text) },
        });
        // a letter without a subject has no such field, and needs none (RFC 5322 section 3.6)
        expect([...new Set([...keysOf(mail), 'subject'])].sort()).toEqual(usual);
        expect(squeezed(mail.subject ?? '')).toBe(squeezed(oneLine(subject)));
        expect(squeezed(addresses(mail.from)[0]?.name ?? '')).toBe(squeezed(oneLine(`ن${name}`)));
        expect(addresses(mail.from)).toHaveLength(1);
        const said = wordsIn(mail).replaceAll('\u200f', '');
        expect(squeezed(said)).toBe(squeezed(text.toWellFormed().replaceAll('\u200f', '').split('\n\n-- \n')[0] ?? ''));
        expect(mail.attachments).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  it('has no line longer than the standard allows, and ends each with CR LF', async () => {
    await fc.assert(
      fc.asyncProperty(withLines, withLines, async (subject, text) => {
        const raw = (await rawOf({ message: { text, letter: { subject, inReplyTo: null, references: [] } } })).toString(
          'latin1',
        );
        expect(raw).not.toMatch(/[^\r]\n|\r[^\n]/);
        expect(raw).not.toMatch(/\P{ASCII}/u);
        expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      }),
      { numRuns: 60 },
    );
  });

  it('goes to any address that mail knows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.emailAddress(), async (address) => {
        const mail = await mailOf({ message: { address } });
        expect(addresses(mail.to).map((one) => one.address)).toEqual([address]);
        expect(lineOf(mail, 'to')).toContain(address);
      }),
      { numRuns: 100 },
    );
  });
});
