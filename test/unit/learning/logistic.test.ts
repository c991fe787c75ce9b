import { describe, expect, it } from 'vitest';
import { fitLogistic, type Judged, likelihood } from '../../../src/learning/logistic.ts';

/** Of every ten cases at a place, so many are right. */
const casesAt = (place: number, right: number, weight = 1): Judged[] =>
  Array.from({ length: 10 }, (_, at) => ({ inputs: [place], right: at < right, weight }));
const weak = { coefficients: [0, 0], cases: 1 };

describe('a logistic curve', () => {
  it('says how often cases like this were right', () => {
    const curve = fitLogistic([...casesAt(0, 2), ...casesAt(1, 5), ...casesAt(2, 8)], weak);
    expect(likelihood(curve, [0])).toBeCloseTo(0.2, 1);
    expect(likelihood(curve, [1])).toBeCloseTo(0.5, 1);
    expect(likelihood(curve, [2])).toBeCloseTo(0.8, 1);
  });

  it('counts heavy cases for more', () => {
    const even = fitLogistic([...casesAt(1, 10), ...casesAt(1, 0)], weak);
    const heavy = fitLogistic([...casesAt(1, 10, 3), ...casesAt(1, 0)], weak);
    expect(likelihood(even, [1])).toBeCloseTo(0.5, 2);
    expect(likelihood(heavy, [1])).toBeGreaterThan(0.65);
  });

  it('stays with what it began from while there are few cases', () => {
    const prior = { coefficients: [-1, 2], cases: 50 };
    expect(fitLogistic([], prior)).toEqual([-1, 2]);
    const [bias = 0, slope = 0] = fitLogistic(casesAt(1, 0).slice(0, 1), prior);
    expect(Math.abs(bias + 1)).toBeLessThan(0.2);
    expect(Math.abs(slope - 2)).toBeLessThan(0.2);
  });
});
