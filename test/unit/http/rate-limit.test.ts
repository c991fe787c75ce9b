import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRateLimit } from '../../../src/http/rate-limit.ts';

const still = { now: () => 0, after: () => () => {} };

it('lets a burst through, refuses the next, and says when to come again', () => {
  const limit = createRateLimit({ clock: still, burst: 3, perSecond: 2 });
  for (let count = 0; count < 3; count += 1) limit.take('a');
  expect(() => limit.take('a')).toThrow(
    expect.objectContaining({ code: 'rate-limited', details: { retryAfterMs: 500 } }),
  );
  expect(() => limit.take('b')).not.toThrow();
});

it('never lets through more than the burst and what time has filled up', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 5 }), (waits, burst, perSecond) => {
      let now = 0;
      const limit = createRateLimit({ clock: { now: () => now, after: () => () => {} }, burst, perSecond });
      let passed = 0;
      for (const wait of waits) {
        now += wait;
        try {
          limit.take('a');
          passed += 1;
        } catch {
          // refused
        }
      }
      expect(passed).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + 1e-6);
    }),
  );
});

it('keeps a bounded number of addresses, whoever invents them', () => {
  const limit = createRateLimit({ clock: still, burst: 1, perSecond: 1 });
  for (let count = 0; count < 45_000; count += 1) limit.take(`address-${count}`);
  expect(() => limit.take('address-44999')).toThrow();
});
