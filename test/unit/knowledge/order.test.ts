import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from '../../../src/knowledge/engine.ts';
import { anArticle, smallBank } from './an-article.ts';

const bank = [...smallBank, anArticle('z-twin', ['حجز معمل', 'طلب حجز']), anArticle('a-twin', ['حجز معمل', 'طلب حجز'])];
const questions = [
  'متى تفتحون',
  'حجز',
  'حجز معمل',
  'طلب حجز مدرج',
  'الكاميرات',
  'شكوى على البروجكتر',
  'ما عاصمة فرنسا',
];
const answersOf = (articles: typeof bank) => {
  const knowledge = createKnowledge(articles);
  return questions.map((text) => knowledge.answer(text));
};
const usual = answersOf(bank);

describe('what a bank says', () => {
  it('does not hang on the order in which articles and phrasings came', () => {
    const shuffledBank = fc.shuffledSubarray(bank, { minLength: bank.length }).chain((articles) =>
      fc.tuple(
        ...articles.map((article) => {
          const { ar = [] } = article.phrasings;
          return fc
            .shuffledSubarray(ar, { minLength: ar.length })
            .map((own) => ({ ...article, phrasings: { ar: own } }));
        }),
      ),
    );
    fc.assert(
      fc.property(shuffledBank, (articles) => {
        expect(answersOf(articles)).toEqual(usual);
      }),
      { numRuns: 12 },
    );
  });

  it('leaves it to the person where two articles are the same', () => {
    const { outcome, articles } = usual[2] ?? { outcome: '', articles: [] };
    expect(outcome).toBe('choose');
    expect(
      articles
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a-twin', 'z-twin']);
  });

  it('is the same when it is learned twice', () => {
    expect(answersOf(bank)).toEqual(usual);
  });
});
