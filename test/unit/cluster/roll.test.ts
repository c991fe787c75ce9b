import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRoll, shareOf } from '../../../src/cluster/roll.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const owners = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });

it('gives a key to the same owner in whatever order they are seen', () => {
  fc.assert(
    fc.property(owners, fc.string(), (all, key) => {
      expect(shareOf(key, [...all].reverse())).toBe(shareOf(key, all));
    }),
  );
});

it('moves a key only if its owner goes', () => {
  fc.assert(
    fc.property(owners, fc.string(), fc.nat(), (all, key, n) => {
      const goes = all[n % all.length];
      const left = all.filter((owner) => owner !== goes);
      const before = shareOf(key, all);
      if (before !== goes) expect(shareOf(key, left)).toBe(before);
    }),
  );
});

it('tells once that one is gone, also when a listener fails, and never lets a name live again', () => {
  const roll = createRoll(silent);
  const gone: string[] = [];
  roll.onGone(() => {
    throw new Error('broken');
  });
  const stop = roll.onGone((owner) => gone.push(owner));
  roll.add('a');
  roll.add('b');
  roll.bury('a');
  roll.bury('a');
  roll.add('a');
  expect([gone, roll.living(), roll.isKnownGone('a')]).toEqual([['a'], ['b'], true]);
  stop();
  roll.bury('b');
  expect(gone).toEqual(['a']);
});
