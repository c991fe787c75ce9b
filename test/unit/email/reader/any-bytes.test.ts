import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCharset, lines, multipart, onePart, read, usualHead } from './build-mail.ts';
import { mailSchema } from './mail-schema.ts';

const isMail = async (raw: Uint8Array) => {
  expect(mailSchema.safeParse(await read(raw)).error).toBeUndefined();
};

const whole = multipart('mixed', [
  multipart(
    'alternative',
    [
      'Content-Type: text/plain; charset=windows-1256\r\n\r\n',
      inCharset('windows-1256', 'مرحبا بكم'),
      'Content-Type: text/html\r\n\r\n<p dir="rtl">مرحبا <b>بكم</b></p>',
    ],
    'inner',
  ),
  "Content-Type: image/png; name*0*=utf-8''%D8%B5; name*1*=%D9%88\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <a@b>\r\n\r\niVBORw0KGgo=",
  onePart('message/rfc822', 'Subject: =?utf-8?B?2YXYsQ==?= =?utf-8?B?2K3YqNin?=\r\n\r\nx'),
]);

describe('a mail comes out of any bytes', () => {
  it('of random bytes', () => fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), isMail), { numRuns: 150 }));

  it('of header soup', () => {
    const name = fc.constantFrom(
      'From',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'References',
      'Content-Type',
      'Content-Transfer-Encoding',
      'Content-Disposition',
      'X-Y',
      'constructor',
      '__proto__',
    );
    const piece = fc.constantFrom(
      '=?utf-8?B?',
      '?=',
      '<',
      '>',
      '@',
      '"',
      ';',
      'boundary=x',
      'multipart/mixed',
      'text/html',
      'charset=',
      'name*0*=',
      "utf-8''%D9",
      '\r\n ',
      'base64',
      'أ',
      '\u0000',
      '\ud800',
      'a.b',
    );
    const field = fc
      .tuple(name, fc.array(piece, { maxLength: 8 }))
      .map(([key, pieces]) => `${key}: ${pieces.join('')}`);
    const body = fc.array(fc.constantFrom('--x', '--x--', '', '<p>', 'words', 'Content-Type: text/html'), {
      maxLength: 12,
    });
    const mail = fc.tuple(fc.array(field, { maxLength: 10 }), body);
    return fc.assert(
      fc.asyncProperty(mail, ([fields, rest]) => isMail(Buffer.from([...fields, '', ...rest].join('\r\n')))),
      { numRuns: 200 },
    );
  });

  it('of a right mail cut off anywhere', () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length }), (length) => isMail(whole.subarray(0, length))),
      { numRuns: 100 },
    ));

  it('of a right mail with bytes changed', () => {
    const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }));
    return fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), async (changes) => {
        const raw = Buffer.from(whole);
        for (const [at, byte] of changes) raw[at] = byte;
        await isMail(raw);
      }),
      { numRuns: 150 },
    );
  });

  it('of nothing', async () => {
    await isMail(new Uint8Array());
    await isMail(Buffer.from('\r\n'));
    await isMail(Buffer.from(lines(usualHead)));
  });
});
