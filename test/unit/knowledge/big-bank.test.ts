import { describe, expect, it } from 'vitest';
import { openBank } from '../../../src/knowledge/bank.ts';
import { createKnowledge } from '../../../src/knowledge/engine.ts';
import { type LearnedBank, learnBank } from '../../../src/knowledge/learn-bank.ts';
import { patchBank } from '../../../src/knowledge/patch-bank.ts';
import { compileWords, noLists } from '../../../src/learning/words.ts';
import { anArticle, hours, smallBank } from './an-article.ts';

const words = compileWords(noLists);
const without = (bank: LearnedBank): LearnedBank => ({ ...bank, learned: null });
const { bank: learned } = learnBank(smallBank, 'ar', words);
const best = (bank: LearnedBank, text: string, count = 3): string[] => {
  const opened = openBank(bank, words);
  return opened.rank(opened.ask(text), count).map(({ article }) => opened.articles[article]?.id ?? '');
};
const questions: [string, string][] = [
  ['متى تفتحون', 'hours'],
  ['اريد رفع شكوه', 'complaint'],
  ['البروجكتر خربااان', 'projector'],
  ['وحجز القاعات', 'booking'],
];

describe('a bank with too many articles for learned weights', () => {
  it.each(questions)('finds %j by likeness alone', (text, id) => {
    expect(best(without(learned), text)[0]).toBe(id);
  });

  it('gives as many as are asked for, the most alike, and none that has nothing in common', () => {
    expect(best(without(learned), 'حجز قاعة', 1)).toEqual(['booking']);
    expect(best(without(learned), 'xyz')).toEqual([]);
  });

  it('tells of nothing that was removed, and at once of what was added', () => {
    const parking = anArticle('parking', ['تصريح موقف السيارة', 'أين أوقف سيارتي']);
    const patched = patchBank(
      without(learned),
      { changed: [parking], gone: new Set(['hours', 'parking']) },
      'ar',
      words,
    );
    expect(best(patched, 'أين أوقف سيارتي')[0]).toBe('parking');
    expect(best(patched, hours.title.ar ?? '')).not.toContain('hours');
  });

  it('leads by what it is ahead of the next, and lags by what it is behind the first', () => {
    const opened = openBank(without(learned), words);
    const [first, second] = opened.rank(opened.ask('أريد حجز قاعة للشكوى'), 3);
    expect(first?.lead).toBeGreaterThan(0);
    expect(second?.lead).toBeCloseTo(-(first?.lead ?? 0), 6);
  });
});

describe('a bank with one article, of which nothing can be told apart', () => {
  it('answers its question, and has nothing for another', () => {
    const knowledge = createKnowledge([hours]);
    expect(knowledge.answer('متى تفتحون أبوابكم')).toMatchObject({ outcome: 'answer', articles: [{ id: 'hours' }] });
    expect(knowledge.answer('أريد استخراج رخصة بناء').outcome).toBe('none');
  });
});
