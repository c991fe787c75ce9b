import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, hasUrl, weightOf, write } from '../../fakes/x/text.ts';

const words = fc.constantFrom(
  'مرحبا',
  '😀',
  '<b>',
  'a & b',
  '@sara_a',
  '#خدمة',
  'example.com/a?b=1&c',
  'https://example.org',
  'ﷺ',
  '\n',
);
const texts = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' '));

describe('the words of a post', () => {
  it('stand where its entities say, in code points', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (typed, hasPicture) => {
        const after = hasPicture ? [{ target: 'https://x.com/a/status/1/photo/1', mediaKey: '3_1' }] : [];
        const { text, entities } = write({ typed, before: '@wasl_care ', after, idOf: () => undefined });
        const standsAt = ({ start, end }: { start: number; end: number }) => [...text].slice(start, end).join('');
        for (const mention of entities?.mentions ?? []) expect(standsAt(mention)).toBe(`@${mention.username}`);
        for (const hashtag of entities?.hashtags ?? []) expect(standsAt(hashtag)).toBe(`#${hashtag.tag}`);
        for (const url of entities?.urls ?? []) expect(standsAt(url)).toBe(url.url);
        expect((entities?.urls ?? []).length > 0).toBe(hasUrl(typed) || hasPicture);
        expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('begin within the weight that a short post has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 300, maxLength: 400 }), (typed) => {
        expect(weightOf(beginningOf(typed))).toBeLessThanOrEqual(280);
      }),
      { numRuns: 10 },
    );
  });
});
