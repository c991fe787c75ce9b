import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasLink, measure, withoutLinks } from '../../../channels/x/length.ts';
import { said } from '../../../channels/x/outgoing/said.ts';

describe('the length of a post', () => {
  it.each([
    ['280 Arabic letters', 'ا'.repeat(280), 280],
    ['harakat and Arabic digits', 'رَقْمٌ ٠١٢٣', 11],
    ['Arabic punctuation', 'متى؟ الآن، نعم؛', 15],
    ['a presentation form', 'ﷺ', 2],
    ['three dots in one', '…', 2],
    ['a mark of direction', '\u200f', 2],
    ['a family of emoji', '👨‍👩‍👧', 2],
    ['any link', 'https://uqu.edu.sa/a/very/long/path/that/goes/on/and/on?with=questions', 23],
    ['a link without its beginning', 'uqu.edu.sa', 23],
    ['letters that compose', 'e\u0301', 1],
    ['nothing', '', 0],
  ])('of %s', (_, text, length) => {
    expect(measure(text)).toBe(length);
  });

  it('of Arabic words is the count of their characters', () => {
    const letter = fc.constantFrom(...'ابتثجحخدذرزسشصضطظعغفقكلمنهوي ؟،');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 400 }), (letters) => {
        expect(measure(letters.join(''))).toBe(letters.length);
      }),
    );
  });
});

describe('a link', () => {
  it('is what X bills as one', () => {
    for (const text of ['https://x.com', 'زوروا uqu.edu.sa اليوم', 'Visit example.com.'])
      expect(hasLink(text)).toBe(true);
    for (const text of ['a@uqu.edu.sa', 'رقم 2.5', 'نعم.لا', 'e.g. this']) expect(hasLink(text)).toBe(false);
  });

  it('can be taken out of a text', () => {
    expect(withoutLinks('قبل https://t.co/a ثم uqu.edu.sa بعد')).toBe('قبل  ثم  بعد');
  });
});

describe('words before and after X had them', () => {
  it('are the same', () => {
    const ours = 'أهلًا & سهلًا\nالتفاصيل: https://uqu.edu.sa/a';
    expect(said('@sara_q @other أهلًا &amp; سهلًا\nالتفاصيل: https://t.co/x1')).toBe(said(ours));
    expect(said('أهلًا')).not.toBe(said('أهلا'));
  });
});
