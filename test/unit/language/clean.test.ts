import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { direction, isolate } from '../../../src/language/bidi.ts';
import { cleanText, meaningful } from '../../../src/language/clean.ts';
import { arabicCount } from '../../../src/language/plural.ts';

const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe('cleaning a text', () => {
  it.each([
    ['a\u0000b\u0007c', 'abc'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['tab\tstays', 'tab\tstays'],
    ['file\u202egpj.exe', 'filegpj.exe'],
    ['\u2068ok\u2069', '\u2068ok\u2069'],
    ['\u2067never closed', 'never closed'],
    ['closed\u2069 too often', 'closed too often'],
    ['half \ud83d gone', 'half \ufffd gone'],
    ['👩\u200d💻 \u0647\u0640\u200d', '👩\u200d💻 \u0647\u0640\u200d'],
    ['\ufeffstart', 'start'],
    ['مرحبًا', 'مرحبًا'],
  ])('turns %j into %j', (dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean);
  });

  it('never throws, and twice is once, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = cleanText(text);
        expect(cleanText(once)).toBe(once);
      }),
    );
  });

  it('leaves no control, override or half character and only pairs of isolates', () => {
    const risky = fc.constantFrom(
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
      '\u202d',
      '\u202e',
      '\u0000',
      '\ud800',
      '\udc00',
      'a',
    );
    fc.assert(
      fc.property(fc.array(risky), (parts) => {
        const text = cleanText(parts.join(''));
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\0\u202a-\u202e]/);
        let depth = 0;
        for (const letter of text) {
          if (/[\u2066-\u2068]/.test(letter)) depth += 1;
          if (letter === '\u2069') depth -= 1;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
      }),
    );
  });

  it('is quick on a megabyte of isolates', () => {
    const from = performance.now();
    expect(cleanText('\u2067'.repeat(1_000_000))).toBe('');
    expect(performance.now() - from).toBeLessThan(3000);
  });
});

describe('meaning', () => {
  it.each(['a', '٣', 'ok 👍', 'نعم'])('is in %j', (text) => expect(meaningful(text)).toBe(true));
  it.each(['', '  \n', '👍👍', '؟!', '\u200b\u200f', '\u3164'])('is not in %j', (text) => {
    expect(meaningful(text)).toBe(false);
  });
});

describe('direction', () => {
  it('follows the first letter, else the language', () => {
    expect(direction('123 مرحبا hello')).toBe('rtl');
    expect(direction('(1) hello مرحبا')).toBe('ltr');
    expect(direction('123')).toBe('rtl');
    expect(direction('123', 'en')).toBe('ltr');
  });

  it('is kept apart by an isolate', () => {
    expect(isolate('26000428')).toBe('\u206826000428\u2069');
  });
});

describe('Arabic counting', () => {
  const forms = {
    one: 'تذكرة واحدة',
    two: 'تذكرتان',
    few: '{n} تذاكر',
    many: '{n} تذكرة',
    other: '{n} تذكرة',
    zero: 'لا تذاكر',
  };
  it.each([
    [0, 'لا تذاكر'],
    [1, 'تذكرة واحدة'],
    [2, 'تذكرتان'],
    [3, '3 تذاكر'],
    [10, '10 تذاكر'],
    [11, '11 تذكرة'],
    [100, '100 تذكرة'],
    [103, '103 تذاكر'],
  ])('says %d as %s', (n, said) => expect(arabicCount(n, forms)).toBe(said));
});
