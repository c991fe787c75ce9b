import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Placed, placeNeighbours } from '../../../src/semantic/neighbours.ts';
import { learnTrust } from '../../../src/semantic/trust.ts';

const unit = (values: number[]): Float32Array => {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values.map((value) => value / length));
};

/** Four articles, each with ways to ask that lie around its own direction. */
const bank: Placed[] = ['a', 'b', 'c', 'd'].flatMap((id, at) =>
  [0.1, -0.1, 0.2, -0.2].map((off) => ({
    id,
    vector: unit([0, 1, 2, 3, 4].map((axis) => (axis === at ? 1 : axis === (at + 1) % 4 ? off : 0.01))),
  })),
);

const noPause = (): Promise<void> => Promise.resolve();

describe('neighbours in meaning', () => {
  it('are found by their nearest way to ask, each article once', async () => {
    const { near } = await placeNeighbours(bank, noPause);
    const found = near(unit([0.1, 1, 0.1, 0, 0]));
    expect(found[0]?.id).toBe('b');
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });

  it('are trusted where a question lies among them, and hardly where it lies apart', async () => {
    const { near } = await placeNeighbours(bank, noPause);
    const [clear] = near(unit([0, 0, 1, 0.1, 0]));
    const [apart] = near(unit([0.2, 0.1, 0.1, 0.1, 1]));
    expect(clear?.likeness).toBeGreaterThan(0.8);
    expect(apart?.likeness).toBeLessThan(0.5);
  });

  it('are none where nothing is known', async () => {
    const { near } = await placeNeighbours([], noPause);
    expect(near(unit([1, 0, 0, 0, 0]))).toEqual([]);
  });

  it('let others go between while they are tried out', async () => {
    let pauses = 0;
    await placeNeighbours(bank, async () => {
      pauses += 1;
    });
    expect(pauses).toBe(bank.length);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const aTrial = fc.record({ near: share, lead: share, right: fc.boolean(), weight: fc.constantFrom(0.5, 1) });

describe('trust in nearness', () => {
  it('never falls with nearness or with the lead, and is a share', () => {
    fc.assert(
      fc.property(fc.array(aTrial, { maxLength: 40 }), share, share, share, (trials, low, more, lead) => {
        const trust = learnTrust(trials);
        const [one, nearer, ahead] = [trust(low, lead), trust(low + more, lead), trust(low, lead + more)];
        expect(nearer).toBeGreaterThanOrEqual(one);
        expect(ahead).toBeGreaterThanOrEqual(one);
        expect(one >= 0 && nearer <= 1 && ahead <= 1).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('learns from a model for which everything is near that only the nearest are right', () => {
    const trials = Array.from({ length: 100 }, (_, at) => {
      const near = 0.8 + at / 1000;
      return { near, lead: 0.01, right: near > 0.85, weight: 1 };
    });
    const trust = learnTrust(trials);
    expect(trust(0.89, 0.01)).toBeGreaterThan(0.75);
    expect(trust(0.81, 0.01)).toBeLessThan(0.25);
  });
});
