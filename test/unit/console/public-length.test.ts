import fc from 'fast-check';
import twitterText from 'twitter-text';
import { describe, expect, it } from 'vitest';
import { postsIn, publicLength } from '../../../src/web/console/conversation/public-length.ts';

const asX = (text: string): number => twitterText.parseTweet(text).weightedLength;

const texts = [
  '',
  'السلام عليكم، كيف أستعير جهازًا محمولًا من المكتبة؟',
  'السَّلَامُ عَلَيْكُم ورحمةُ الله',
  'ﷺ ولا ﻻ إله إلا الله…',
  '١٢٣ ۱۲۳ 123',
  'شكرًا لكم 🌷🌷 👍🏽 👨‍👩‍👧 🇸🇦 1️⃣',
  'e\u0301te\u0301 naïve',
  'التقديم من https://example.edu/ar/services?id=4&x=a_b قبل الخميس.',
  'انظر example.com/help، أو www.example.edu.sa.',
  'https://my.gov.sa. (https://a.com/x)',
  'care@example.org @x.com #x.com',
  'report.pdf v1.2.3 8:30-9.15',
  'من الساعة 8 إلى 2، والرد خلال 3 أيام…',
  '\u200fنص بعلامة اتجاه\u200e',
  'تواصل مع ‎@example‎ «بالخاص» “الآن” ‘هنا’',
  '中文 한국어 日本',
  'سطر\nوسطر\n\nوفقرة',
];

describe('the length of a public post', () => {
  it.each(texts)('is what X counts: %j', (text) => {
    expect(publicLength(text)).toBe(asX(text));
  });

  it('is what X counts for any Arabic and Latin words, signs and emoji in a row', () => {
    const piece = fc.constantFrom(
      ...[
        'السلام',
        'عليكم،',
        'كَيْفَ',
        'help',
        '26000010',
        '…',
        '🌷',
        'https://example.edu/a?b=c',
        'ﷺ',
        '\n',
        '؟',
        '“',
        '—',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join(' ');
        expect(publicLength(text)).toBe(asX(text));
      }),
    );
  });
});

describe('the posts that a text makes', () => {
  const word = 'كلمة ';
  it('are one as long as it fits', () => {
    expect(postsIn('', 280)).toBe(1);
    expect(postsIn('ا'.repeat(280), 280)).toBe(1);
    expect(postsIn('ا'.repeat(281), 280)).toBe(2);
  });

  it('leave room for the number of each', () => {
    expect(postsIn(word.repeat(56), 280)).toBe(1);
    expect(postsIn(word.repeat(57), 280)).toBe(2);
    expect(postsIn(word.repeat(110), 280)).toBe(2);
    expect(postsIn(word.repeat(111), 280)).toBe(3);
  });

  it('are enough for all of it, and no more than words that nearly fill them need', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const text = lengths.map((length) => 'ب'.repeat(length)).join(' ');
        const posts = postsIn(text, 280);
        expect(posts * 280).toBeGreaterThanOrEqual(text.length - posts);
        expect(posts).toBeLessThanOrEqual(1 + Math.ceil(text.length / 138) + lengths.length);
      }),
    );
  });
});
