import { expect, it } from 'vitest';
import { createFlood } from '../../../src/flow/flood.ts';
import { createFakeClock } from '../../fakes/clock.ts';

const start = '2026-11-22T07:00:00.000Z';

/** So many a second for so long, at an even pace; whether it was a flood at any time. */
function come(perSecond: number, ms: number) {
  const clock = createFakeClock(start);
  const flood = createFlood(clock);
  let ever = false;
  for (let at = 0; at < (perSecond * ms) / 1000; at++) {
    clock.set(Date.parse(start) + (at * 1000) / perSecond);
    flood.came();
    ever ||= flood.isNow(0);
  }
  return { clock, flood, ever };
}

it('the worst hour of one number is no flood', () => {
  expect(come(320, 10_000).ever).toBe(false);
});

it('thousands a second are one, and it is over once they end', () => {
  const { clock, flood } = come(3_000, 1_000);
  expect(flood.isNow(0)).toBe(true);
  clock.advance(500);
  expect(flood.isNow(0)).toBe(false);
});

it('on a slow machine fewer are one, once they wait in their hundreds', () => {
  const { clock, flood } = come(100, 1_000);
  expect([flood.isNow(200), flood.isNow(201)]).toEqual([false, true]);
  clock.advance(500);
  expect(flood.isNow(2_000)).toBe(false);
});
