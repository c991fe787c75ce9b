import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unflow } from '../../../../channels/email/reader/flowed.ts';
import { decodeTransfer, isOddlyEncoded, plainFooter } from '../../../../channels/email/reader/transfer.ts';
import { base64Lines, quotedPrintable } from './build-mail.ts';

const decode = (text: string, encoding: string | null) =>
  decodeTransfer(Buffer.from(text, 'latin1'), encoding).toString('latin1');

describe('a transfer encoding', () => {
  it('is undone for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (content) => {
        expect([...decodeTransfer(Buffer.from(base64Lines(content)), 'base64')]).toEqual([...content]);
        expect([...decodeTransfer(Buffer.from(quotedPrintable(content)), 'quoted-printable')]).toEqual([...content]);
      }),
    );
  });

  it.each([
    ['=D9=85=\r\n=D8=B1', 'quoted-printable', '\u00d9\u0085\u00d8\u00b1'],
    ['a= \t\r\nb', 'Quoted-Printable', 'ab'],
    ['100=% = x=', 'quoted-printable', '100=% = x'],
    ['=e9', ' quoted-printable ;', '\u00e9'],
    ['YQ==\r\nYg==', 'base64', 'ab'],
    ['YWI', 'BASE64', 'ab'],
    [
      'this is plainly not encoded at all, whatever the label says',
      'base64',
      'this is plainly not encoded at all, whatever the label says',
    ],
    ['begin 644 a.txt\n#0V%T\n`\nend\n', 'x-uuencode', 'Cat'],
    ['as it is', '8bit', 'as it is'],
    ['as it is', null, 'as it is'],
    ['as it is', 'no-such', 'as it is'],
  ])('%j as %s', (text, encoding, expected) => expect(decode(text, encoding)).toBe(expected));
});

describe('plain lines below base64', () => {
  const body = base64Lines(Buffer.from('words of a person. '.repeat(9)));
  const footer = '_______________\r\nList mailing list\r\nlist@x.example\r\n';

  it.each([footer, 'You get this mail since you are on a list.', '-- \r\nwww.x.example'])(
    'are no base64, and are words of their own: %j',
    (below) => {
      const given = Buffer.from(`${body}\r\n${below}`);
      expect(decodeTransfer(given, 'base64').toString()).toBe('words of a person. '.repeat(9));
      expect(plainFooter(given, 'base64').toString()).toBe(below);
      expect(isOddlyEncoded(given, 'base64')).toBe(true);
    },
  );

  it.each([
    body,
    `${body}\r\n\r\n`,
    body.replaceAll('\r\n', '\r\n  '),
    body.replace(/\r\n/, '!\r\n'),
    `${body}\r\n${body}`,
    'Pz8_Pj4-\r\nPz8_Pj4-',
    'Greetings\r\nthe heating in hall four is broken again.',
    'YQ==\r\nYg==Yw==',
    `${body}\r\na line in between\r\n${body}`,
  ])('are not seen where none are: %j', (given) => {
    expect(plainFooter(Buffer.from(given), 'base64')).toHaveLength(0);
  });

  it('are not looked for in other encodings', () => {
    expect(plainFooter(Buffer.from(`${body}\r\n${footer}`), '7bit')).toHaveLength(0);
    expect(plainFooter(Buffer.from(`plain words in spite of the label\r\n${footer}`), 'base64')).toHaveLength(0);
  });
});

describe('flowed words', () => {
  it('are joined within one depth of quotation', () => {
    expect(unflow('one \ntwo\nthree\n> four \n> five\n-- \nname', false)).toBe(
      'one two\nthree\n> four five\n-- \nname',
    );
    expect(unflow('كل \nمة', true)).toBe('كلمة');
    expect(unflow(' >not quoted', false)).toBe('>not quoted');
  });
});
