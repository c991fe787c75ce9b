import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { LetterHead } from '../../../../channels/email/letter/headers.ts';
import { encodedPart, field, fileFields, headFields } from '../../../../channels/email/letter/mime.ts';

const aHead = (given: Partial<LetterHead> = {}): LetterHead => ({
  from: { name: '', address: 'care@example.org' },
  to: { name: '', address: 'sara@example.com' },
  cc: [],
  replyTo: { name: '', address: 'care@example.org' },
  subject: 's',
  date: new Date('2026-11-22T07:00:00.000Z'),
  messageId: '<d@example.org>',
  headers: {},
  ...given,
});

const read = async (given: Partial<LetterHead>) => {
  const { from, to, cc, subject } = await simpleParser(`${headFields(aHead(given)).join('\r\n')}\r\n\r\n`);
  return { from: from?.value, to: [to ?? []].flat()[0]?.value, cc: [cc ?? []].flat()[0]?.value, subject };
};

describe('a field of the head', () => {
  it('cannot be made to begin another one', () => {
    expect(field('X-A', ['one\r\nBcc: x@example.net', 'two\n\n', '\u2028three'])).toBe(
      'X-A: one Bcc: x@example.net\r\n two \r\n  three',
    );
  });

  it('names several people, with commas and quotes in their names', async () => {
    const cc = [
      { name: 'Head, "Care" \\ Unit', address: 'head@example.org' },
      { name: 'المشرف العام على الوحدة، مكتب الرياض والمنطقة الشرقية', address: 'office@example.org' },
      { name: '', address: 'third@example.org' },
    ];
    expect((await read({ cc })).cc).toEqual(cc);
  });

  it('gives a subject back that looks like an encoded one, or has a character of two halves', async () => {
    for (const subject of ['=?UTF-8?B?eA==?= x', `${'ا'.repeat(20)}😀${'ب'.repeat(40)}😀`, 'a'.repeat(1500)])
      expect((await read({ subject })).subject).toBe(subject);
  });

  it('writes a domain of other letters as mail servers know it', async () => {
    const { to } = await read({ to: { name: '', address: 'sara@مثال.السعودية' } });
    expect(to).toEqual([
      { name: '', address: expect.stringMatching(/^sara@(xn--[a-z0-9-]+\.xn--[a-z0-9-]+|مثال\.السعودية)$/) },
    ]);
    expect(headFields(aHead({ to: { name: '', address: 'sara@مثال.السعودية' } })).join()).not.toMatch(/\P{ASCII}/u);
  });
});

describe('a part of a letter', () => {
  it('is in base64 whose lines have 76 characters at most, whatever its length', () => {
    for (const length of [0, 1, 56, 57, 58, 57 * 1024, 57 * 1024 + 1, 200_000]) {
      const content = Buffer.alloc(length, 'ab');
      const [, body = ''] = encodedPart({ headers: ['Content-Type: x/y'], content })
        .toString()
        .split('\r\n\r\n');
      expect(Buffer.from(body, 'base64').equals(content)).toBe(true);
      expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    }
  });

  it('is never shown within the letter where it is a file', () => {
    expect(fileFields('image/png', 'صورة.png').join('\n')).toMatch(
      /Content-Disposition: attachment;\r\n filename\*=UTF-8''%D8/,
    );
  });
});
