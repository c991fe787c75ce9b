import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../../src/knowledge/features.ts';
import { createClosestFinder, createLikening } from '../../../src/knowledge/find-close.ts';
import { createLexicon, rowOf } from '../../../src/knowledge/lexicon.ts';
import { rarityBy, weighAll } from '../../../src/knowledge/weighed-rows.ts';

const stems = ['حجز', 'قاعه', 'كاميرا', 'عطل', 'بروجكتر', 'شكوي', 'في', 'عقد', 'عقدي', 'رسوم'];
const phrase = fc.array(fc.constantFrom(...stems), { minLength: 1, maxLength: 6 });
const bank = fc.array(fc.array(phrase, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

/** The phrasings of articles, ready to be compared both ways. */
const compare = (articles: readonly (readonly string[][])[]) => {
  const lexicon = createLexicon();
  const rows = articles.flat().map((one) => rowOf(featuresOf(one), lexicon.take));
  const weighed = weighAll(rows, lexicon.size());
  const rarity = rarityBy(weighed.frequencies, rows.length);
  const articleOf = Uint32Array.from(articles.flatMap((phrasings, at) => phrasings.map(() => at)));
  const each = Uint32Array.from({ length: rows.length + 1 }, (_, at) => at);
  return {
    ask: (question: readonly string[]) => rowOf(featuresOf(question), lexicon.find),
    articleOf,
    find: createClosestFinder(weighed, articleOf, rarity),
    /** Phrasings one by one, each as if it were an article. */
    likening: createLikening(weighed, each, rarity),
    places: rows.map((_, place) => place),
  };
};

describe('finding the closest articles', () => {
  it('by what is shared gives the same order as comparing with each phrasing', () => {
    fc.assert(
      fc.property(bank, phrase, fc.nat(7), (articles, question, hidden) => {
        const { ask, articleOf, find, likening, places } = compare(articles);
        const hides = (place: number): boolean => articleOf[place] === hidden;
        const best = new Map<number, number>();
        for (const { article: place, likeness } of likening.of(ask(question), places, hides)) {
          const article = articleOf[place] ?? -1;
          if (likeness > 0) best.set(article, Math.max(best.get(article) ?? 0, likeness));
        }
        const found = find(ask(question), articles.length, hides);
        expect([...found].sort()).toEqual([...best.keys()].sort());
        for (const [at, article] of found.entries())
          expect(best.get(article) ?? 0).toBeLessThanOrEqual((best.get(found[at - 1] ?? -1) ?? 1) + 1e-6);
      }),
    );
  });

  it('gives no more than wanted, the closest of them', () => {
    fc.assert(
      fc.property(bank, phrase, fc.nat(5), (articles, question, most) => {
        const { ask, find } = compare(articles);
        expect(find(ask(question), most)).toEqual(find(ask(question), articles.length).slice(0, most));
      }),
    );
  });

  it('gives the lower number first where articles are the same', () => {
    const { ask, find } = compare([[['عطل']], [['حجز', 'قاعه']], [['حجز', 'قاعه']]]);
    expect(find(ask(['حجز']), 3)).toEqual([1, 2]);
  });

  it('gives nothing for a question with which nothing is shared, and forgets it', () => {
    const { ask, find } = compare([[['عطل']], [['حجز']]]);
    expect(find(ask(['xyz']), 3)).toEqual([]);
    expect(find(ask([]), 3)).toEqual([]);
    expect(find(ask(['حجز']), 3)).toEqual([1]);
  });
});

describe('likeness', () => {
  it('is 0 to 1, and highest for a phrasing itself', () => {
    fc.assert(
      fc.property(bank, phrase, (articles, question) => {
        const { ask, likening, places } = compare([...articles, [question]]);
        const all = likening.of(ask(question), places);
        const itself = all.at(-1)?.likeness ?? 0;
        for (const { likeness } of all) {
          expect(likeness).toBeGreaterThanOrEqual(0);
          expect(likeness).toBeLessThanOrEqual(itself + 1e-6);
          expect(likeness).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
