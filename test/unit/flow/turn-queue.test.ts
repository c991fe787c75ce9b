import { beforeEach, describe, expect, it } from 'vitest';
import { createTurnQueue, type TurnQueue } from '../../../src/flow/turn-queue.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';

let clock: FakeClock;
let queue: TurnQueue;
let began: string[];
let ends: (() => void)[];

const add = (id: string): void =>
  queue.add(
    id,
    () =>
      new Promise((resolve) => {
        began.push(id);
        ends.push(resolve);
      }),
  );
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const endAll = async (): Promise<void> => {
  while (ends.length > 0) {
    for (const end of ends.splice(0)) end();
    await settle();
  }
};
/** So many letters stored in an instant. */
const flood = (count = 12): void => {
  for (let one = 0; one < count; one++) queue.stored();
};

beforeEach(() => {
  clock = createFakeClock('2026-11-22T07:00:00.000Z');
  queue = createTurnQueue({ atOnce: 2, clock });
  [began, ends] = [[], []];
});

describe('turns of letters', () => {
  it('are decided a few at a time, in their order, each conversation once while it waits', async () => {
    for (const id of ['a', 'b', 'c', 'c', 'd']) add(id);
    expect([began, queue.size]).toEqual([['a', 'b'], 2]);
    await endAll();
    expect(began).toEqual(['a', 'b', 'c', 'd']);
    await queue.idle();
  });

  it('wait while a backlog is stored, and go on when it is', async () => {
    flood();
    add('a');
    expect(began).toEqual([]);
    clock.advance(300);
    flood();
    clock.advance(300);
    expect(began).toEqual([]);
    clock.advance(800);
    expect(began).toEqual(['a']);
  });

  it('do not wait for a letter now and then', () => {
    for (let one = 0; one < 30; one++) {
      clock.advance(100);
      queue.stored();
    }
    add('a');
    expect(began).toEqual(['a']);
  });

  it('wait no longer than a minute, however long the backlog is', () => {
    flood();
    add('a');
    for (let tenth = 0; tenth < 610; tenth++) {
      clock.advance(100);
      flood();
    }
    expect(began).toEqual(['a']);
  });

  it('that wait are forgotten when it is closed', async () => {
    flood();
    add('a');
    queue.close();
    await queue.idle();
    clock.advance(5_000);
    expect([began, queue.size]).toEqual([[], 0]);
  });
});
