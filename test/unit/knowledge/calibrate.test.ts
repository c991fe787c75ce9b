import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bank, type Evidence, openBank, type View } from '../../../src/knowledge/bank.ts';
import { type Curve, judgeBy, learnConfidence, thresholdFor } from '../../../src/knowledge/calibrate.ts';
import { type Lessons, learnBank } from '../../../src/knowledge/learn-bank.ts';
import { compileWords, noLists } from '../../../src/learning/words.ts';
import { anArticle, smallBank } from './an-article.ts';

const words = compileWords(noLists);

/** Numbers that look like chance, the same each time, from 0 to 1. */
const createChance = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const curveOf = (confidences: readonly number[], weights = confidences.map(() => 1)): Curve => ({
  coefficients: new Float64Array(7),
  confidences: Float64Array.from(confidences).sort().reverse(),
  weights: Float64Array.from(weights),
});
const someConfidences = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 });
const sureness = fc.double({ min: 0.5, max: 0.999, noNaN: true });

describe('the threshold of an answer', () => {
  it('never falls while the wanted sureness grows', () => {
    fc.assert(
      fc.property(someConfidences, sureness, sureness, (confidences, one, other) => {
        const curve = curveOf(confidences);
        expect(thresholdFor(curve, Math.max(one, other))).toBeGreaterThanOrEqual(
          thresholdFor(curve, Math.min(one, other)),
        );
      }),
    );
  });

  it('lets the wanted share of the answers be right, by what their confidence promises, and no more is held back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.nat(100).map((one) => one / 100),
          { minLength: 40, maxLength: 100 },
        ),
        sureness,
        (all, wanted) => {
          const threshold = thresholdFor(curveOf(all), wanted);
          const shareFrom = (least: number): number => {
            const given = all.filter((one) => one >= least);
            return given.reduce((sum, one) => sum + one, 0) / given.length;
          };
          if (threshold < 0.999) expect(shareFrom(threshold)).toBeGreaterThanOrEqual(wanted - 1e-9);
          for (const lower of all.filter((one) => one < threshold)) expect(shareFrom(lower)).toBeLessThan(wanted);
        },
      ),
    );
  });

  it('counts a case by its weight', () => {
    const confidences = Array.from({ length: 50 }, (_, at) => (at < 25 ? 0.99 : 0.5));
    const light = curveOf(confidences, [...Array<number>(25).fill(1), ...Array<number>(25).fill(0.01)]);
    expect(thresholdFor(light, 0.95)).toBe(0.5);
    expect(thresholdFor(curveOf(confidences), 0.95)).toBeGreaterThan(0.5);
  });

  it('is chosen by hand where a bank is too small to tell', () => {
    expect(thresholdFor(curveOf([0.1]), 0.5)).toBeCloseTo(0.5);
    expect(thresholdFor(curveOf([0.1]), 0.95)).toBeCloseTo(0.7);
    expect(thresholdFor(curveOf([0.1]), 0.999)).toBeCloseTo(0.95);
  });
});

/** What speaks for a match of such a strength, and how often such a match is right. */
const evidenceOf = (strength: number, article: number): Evidence => ({
  article,
  score: 2 * strength - 1,
  lead: strength,
  likeness: strength,
  coverage: strength,
  phrasing: 0,
});
const rightOf = (strength: number): number => 1 / (1 + Math.exp(4 - 8 * strength));

/** A bank whose matches are right as often as their strength tells, by chance. */
const byChance = (lessons: Lessons, chance: () => number): Bank => {
  const opened = openBank(lessons.bank, words);
  const answerable = (article: number, hides: View['hides']): boolean =>
    lessons.bank.phrasings.some((one, place) => one.article === article && !hides?.(place));
  return {
    ...opened,
    rank(_question, _count, { own = -1, hides } = {}) {
      const strength = answerable(own, hides) ? chance() : chance() / 5;
      return [evidenceOf(strength, chance() < rightOf(strength) ? own : own + 1)];
    },
  };
};

describe('the confidence that a bank learned', () => {
  it('is how often such a match is right: of ten that are 0.8 sure, eight', () => {
    const articles = Array.from({ length: 150 }, (_, at) =>
      anArticle(
        `a${at}`,
        Array.from({ length: 10 }, (__, place) => `سؤال ${at} ${place}`),
      ),
    );
    const { bank, ...rest } = learnBank(articles, 'ar', words);
    const lessons = { ...rest, bank: { ...bank, learned: null } };
    const judge = judgeBy(learnConfidence(lessons, byChance(lessons, createChance(5))));
    for (const strength of [0.2, 0.4, 0.5, 0.6, 0.67, 0.8, 0.95])
      expect(Math.abs(judge(evidenceOf(strength, 0)) - rightOf(strength)), `strength ${strength}`).toBeLessThan(0.08);
  });

  it('grows with each thing that speaks for an article, where the bank is too small to tell otherwise', () => {
    const lessons = learnBank(smallBank, 'ar', words);
    const judge = judgeBy(learnConfidence(lessons, openBank(lessons.bank, words)));
    const middling: Evidence = { article: 0, score: 0, lead: 0.3, likeness: 0.4, coverage: 0.5, phrasing: 0 };
    for (const more of [{ score: 0.5 }, { lead: 0.8 }, { likeness: 0.7 }, { coverage: 0.9 }])
      expect(judge({ ...middling, ...more })).toBeGreaterThan(judge(middling));
  });

  it('is between 0 and 1, whatever speaks', () => {
    const lessons = learnBank(smallBank, 'ar', words);
    const judge = judgeBy(learnConfidence(lessons, openBank(lessons.bank, words)));
    const any = fc.double({ min: -100, max: 100, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(any, any, share, share, (score, lead, likeness, coverage) => {
        const confidence = judge({ article: 0, score, lead, likeness, coverage, phrasing: 0 });
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
