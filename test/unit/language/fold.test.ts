import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiDigits } from '../../../src/language/digits.ts';
import { fold, tokens, wordsOf } from '../../../src/language/fold.ts';

const alike: [string, string][] = [
  ['السَّلامُ عليكُم', 'السلام عليكم'],
  ['أحمد إبراهيم آدم ٱلله', 'احمد ابراهيم ادم الله'],
  ['مشكلة', 'مشكله'],
  ['مستشفى', 'مستشفي'],
  ['مسؤول', 'مسوول'],
  ['شيء', 'شي'],
  ['سلاااااام', 'سلام'],
  ['ههههههه', 'هه'],
  ['الجـــامعة', 'الجامعه'],
  ['القاعة ٢١', 'القاعه 21'],
  ['القاعة ۲۱', 'القاعه 21'],
  ['Hello,   WORLD!', 'hello world'],
  ['hellooooo', 'hello'],
  ['Café', 'cafe'],
  ['\u200fطلب\u200e\u202b', 'طلب'],
  ['ﻻ', 'لا'],
  ['کیف', 'كيف'],
  ['  ؟!،  ', ''],
  ['0555555', '0555555'],
];

describe('folding', () => {
  it.each(alike)('reads %j as %j', (written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it('changes nothing the second time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = fold(text);
        expect(fold(once)).toBe(once);
      }),
    );
  });

  it('changes nothing the second time in Arabic', () => {
    const letter = fc.constantFrom(...'اأإآٱبةتثىيئءؤوهکگـًَُّٕٓٔ٣۳ ؟،aA');
    fc.assert(
      fc.property(fc.array(letter), (letters) => {
        const once = fold(letters.join(''));
        expect(fold(once)).toBe(once);
      }),
    );
  });

  it('leaves only letters, digits and single spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text)).toMatch(/^$|^[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*$/u);
      }),
    );
  });

  it('gives no words for a text without any', () => {
    expect(tokens('؟؟ … 👍')).toEqual([]);
  });
});

describe('words with their places', () => {
  it('point back to what was written', () => {
    const text = 'السَّلام، عليكم';
    expect(wordsOf(text).map((word) => [word.folded, text.slice(word.start, word.end)])).toEqual([
      ['السلام', 'السَّلام'],
      ['عليكم', 'عليكم'],
    ]);
  });

  it('never overlap and never leave the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let from = 0;
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(from);
          expect(word.end).toBeGreaterThan(word.start);
          from = word.end;
        }
        expect(from).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('digits', () => {
  it('keeps the length of the text, so that places stay right', () => {
    expect(asciiDigits('غرفة ٠١٢٣٤٥٦٧٨٩ و۰۱۲۳۴۵۶۷۸۹')).toBe('غرفة 0123456789 و0123456789');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => asciiDigits(text).length === text.length));
  });
});
