import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../../channels/email/reader/charset.ts';
import { mendMojibake } from '../../../../channels/email/reader/mojibake.ts';
import { inCharset } from './build-mail.ts';

const letter = 'السلام عليكم، أود الاستفسار عن معاملة تجديد الرخصة التي قدمتها الأسبوع الماضي ولم يصلني رد بعد.';
const short = 'شكوى عاجلة';
const utf8 = (words: string) => Buffer.from(words);

describe('bytes become words', () => {
  it.each(['windows-1256', 'cp1256', 'x-cp1256', 'Windows-1256 ', '"windows-1256"', 'CP-1256'])(
    'follows the label %s',
    (label) => expect(decodeBytes(inCharset('windows-1256', letter), label)).toBe(letter),
  );

  it.each(['iso-8859-6', 'ISO_8859-6', 'iso8859-6', 'arabic', 'ASMO-708', 'ISO-8859-6-i'])(
    'follows the label %s',
    (label) => expect(decodeBytes(inCharset('iso-8859-6', letter), label)).toBe(letter),
  );

  it.each([
    null,
    '',
    'us-ascii',
    'utf-8',
    'iso-8859-1',
    'windows-1252',
    'windows-1256',
    'iso-8859-6',
    'x-unknown',
    'no-such',
  ])('reads UTF-8 in Arabic under the label %s', (label) => {
    expect(decodeBytes(utf8(letter), label)).toBe(letter);
    expect(decodeBytes(utf8(short), label)).toBe(short);
  });

  it.each([null, 'us-ascii', 'utf-8', 'iso-8859-1', 'windows-1252', 'iso-8859-6', 'x-unknown', 'no-such'])(
    'reads windows-1256 under the label %s',
    (label) => {
      expect(decodeBytes(inCharset('windows-1256', letter), label)).toBe(letter);
      expect(decodeBytes(inCharset('windows-1256', short), label)).toBe(short);
    },
  );

  it.each([null, 'us-ascii', 'utf-8', 'windows-1256', 'iso-8859-1'])('reads ISO-8859-6 under the label %s', (label) => {
    expect(decodeBytes(inCharset('iso-8859-6', letter), label)).toBe(letter);
    expect(decodeBytes(inCharset('iso-8859-6', short), label)).toBe(short);
  });

  it.each([
    ['iso-8859-1', 'Je suis désolé, le café était fermé à Liège.'],
    ['iso-8859-1', 'Formação e educação não são só às vezes úteis'],
    ['windows-1252', 'Schöne Grüße – “München”'],
    ['iso-8859-1', 'Größe'],
    ['windows-1251', 'Здравствуйте, у меня вопрос'],
    ['koi8-r', 'Здравствуйте'],
    ['windows-1255', 'שלום רב'],
    ['shift_jis', 'よろしくお願いします'],
    ['gb2312', '您好,我有一个问题'],
    ['big5', '您好我有問題'],
    ['euc-kr', '안녕하세요'],
    ['utf-16le', 'مرحبا'],
    ['utf-7', 'مرحبا بكم'],
  ])('leaves %s as it is labelled: %s', (charset, words) => {
    expect(decodeBytes(inCharset(charset, words), charset)).toBe(words);
  });

  it.each([
    ['utf-16', 'السلام عليكم'],
    ['utf-16le', 'مرحبا'],
    ['utf-16be', 'the heating is broken'],
    ['UTF-16', 'وصلني رمز PDF رقم 42'],
    ['ucs-2', 'yes'],
    ['utf-32', 'Je suis désolé'],
  ])('reads bytes that are plainly not in %s as UTF-8: %s', (charset, words) => {
    expect(decodeBytes(utf8(words), charset)).toBe(words);
  });

  it.each(['utf-16le', 'utf-16be'])('leaves words that are in %s as they are', (charset) => {
    for (const words of ['传', '中国', '您好我有一个问题', 'お問い合わせ', 'مرحبا', 'yes', 'é', '안녕하세요', 'a b'])
      expect(decodeBytes(inCharset(charset, words), charset)).toBe(words);
  });

  it('reads western words without any label', () => {
    expect(decodeBytes(inCharset('windows-1252', 'Le café était fermé'), null)).toBe('Le café était fermé');
  });

  it('reads ISO-2022-JP, which the library does not know', () => {
    expect(decodeBytes(Buffer.from('\x1b$B$F$9$H\x1b(B', 'latin1'), 'iso-2022-jp')).toBe('てすと');
  });

  it('keeps UTF-8 of which a byte is missing', () => {
    const cut = utf8(letter).subarray(0, utf8(letter).length - 2);
    expect(decodeBytes(cut, 'utf-8').startsWith('السلام عليكم، أود')).toBe(true);
  });

  it('never throws, whatever the bytes and the label are', () => {
    const labels = fc.oneof(
      fc.string(),
      fc.constantFrom('utf-8', 'utf-16', 'utf-7', 'windows-1256', 'iso-2022-jp', 'hz', ''),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        labels,
        (raw, label) => typeof decodeBytes(raw, label) === 'string',
      ),
    );
  });
});

describe('twice encoded words', () => {
  const twice = (charset: string, words: string) => {
    const table = [...utf8(words)].map((byte) => inCharsetChar(charset, byte));
    return table.join('');
  };
  const inCharsetChar = (charset: string, byte: number): string => {
    const char = new TextDecoder(charset).decode(Uint8Array.of(byte));
    return char === '\ufffd' ? String.fromCharCode(byte) : char;
  };

  it.each(['windows-1252', 'windows-1256'])('are mended where they had been read as %s', (charset) => {
    expect(mendMojibake(twice(charset, letter))).toBe(letter);
    expect(mendMojibake(twice(charset, short))).toBe(short);
    expect(decodeBytes(utf8(twice(charset, letter)), 'utf-8')).toBe(letter);
  });

  it.each([letter, short, 'ط ظ', 'طظ', 'ظرف طارئ', 'Ø and Ù are letters', 'Øre, Ærø', 'Ù', 'plain words'])(
    'are not seen in %s',
    (words) => expect(mendMojibake(words)).toBe(words),
  );

  it('are never seen in Arabic words of any kind', () => {
    const arabic = fc.string({ unit: fc.constantFrom(...'ابتثجحخدذرزسشصضطظعغفقكلمنهويءةى .،؟'), maxLength: 40 });
    fc.assert(fc.property(arabic, (words) => mendMojibake(words) === words));
  });
});
