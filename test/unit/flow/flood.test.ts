import { expect, it } from 'vitest';
import { createFlood } from '../../../src/flow/flood.ts';
import { createFakeClock } from '../../fakes/clock.ts';

const start = '2026-11-22T07:00:00.000Z';

/** So many a second for so long, at an even pace, each kept at once; with the fewest readers there were on the way. */
function come(perSecond: number, ms: number) {
  const clock = createFakeClock(start);
  const flood = createFlood(clock);
  let fewest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < (perSecond * ms) / 1000; at++) {
    clock.set(Date.parse(start) + (at * 1000) / perSecond);
    flood.came()();
    fewest = Math.min(fewest, flood.readers());
  }
  return { clock, flood, fewest };
}

it('the worst hour of one number is no flood', () => {
  expect(come(320, 10_000).fewest).toBe(16);
});

it('thousands a second are one: reading goes on, one at a time, until they end', () => {
  const { clock, flood } = come(3_000, 1_000);
  expect(flood.readers()).toBe(1);
  clock.advance(500);
  expect(flood.readers()).toBe(16);
});

it('where many wait at the same moment to be kept, less is read for a while', () => {
  const clock = createFakeClock(start);
  const flood = createFlood(clock);
  const kept = Array.from({ length: 39 }, () => flood.came());
  expect(flood.readers()).toBe(16);
  kept.push(flood.came());
  expect(flood.readers()).toBe(4);
  clock.advance(5_000);
  expect(flood.readers()).toBe(4);
  for (const one of kept) one();
  clock.advance(500);
  expect(flood.readers()).toBe(16);
});

it('in a flood what comes in has some turns to itself after each reading, in a calm none are given away', async () => {
  const turnsOf = async (rest: Promise<void>): Promise<number> => {
    let isOver = false;
    let turns = 0;
    const over = rest.then(() => {
      isOver = true;
    });
    while (!isOver && turns < 100) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await over;
    return turns;
  };
  const calm = await turnsOf(come(100, 1_000).flood.rest());
  expect(calm).toBe(1);
  expect(await turnsOf(come(3_000, 1_000).flood.rest())).toBeGreaterThan(calm + 5);
});
