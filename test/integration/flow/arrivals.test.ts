import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Channel } from '../../../src/channel/channel.ts';
import { alone } from '../../../src/cluster/members.ts';
import { WaslError } from '../../../src/errors.ts';
import { type Arrivals, createArrivals } from '../../../src/flow/arrivals.ts';
import { createDoors } from '../../../src/flow/doors.ts';
import { type Arrival, arrivals } from '../../../src/message/arrival.ts';
import type { Store } from '../../../src/store/port.ts';
import { createFakeChannel } from '../../fakes/channel.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { openStoreOf, removeStore } from '../../support/store-env.ts';

let directory: string;
let store: Store;
let clock: FakeClock;
let channels: Map<string, Channel>;
let posts: Arrivals;
let taken: string[];
let take: (raw: string) => Promise<'taken' | 'odd'>;
let counted: Record<string, number>;
let opened = 0;

const open = (): Arrivals => {
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const count = (_channel: string, outcome: string): void => {
    counted[outcome] = (counted[outcome] ?? 0) + 1;
  };
  const metrics = {
    received: () => {},
    sent: () => {},
    decided: () => {},
    file: () => {},
    notice: () => {},
    arrival: count,
  };
  const members = alone(`process ${++opened}`);
  return createArrivals({ store, channels, clock, log: quiet, metrics, members, serves: () => true });
};

const listening = (inboxId: string): Channel => ({
  ...createFakeChannel(inboxId),
  webhook: {
    path: '/x',
    maxBytes: 1_000_000,
    challenge: () => null,
    recognise: () => ({ mine: true, strangers: [] }),
    take: (raw) => {
      taken.push(raw);
      return take(raw);
    },
  },
});

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wasl-arrivals-'));
  clock = createFakeClock('2026-11-22T07:00:00.000Z');
  store = await openStoreOf(directory, clock.now);
  channels = new Map([['fake', listening('fake')]]);
  taken = [];
  counted = {};
  take = async () => 'taken';
  posts = open();
});
afterEach(async () => {
  await posts.stop();
  await store.close();
  await removeStore(directory);
});

const kept = async (): Promise<Arrival[]> =>
  (await store.find(arrivals, { index: 'by-due', where: {}, limit: 1000 })).items;
const oddOnes = async (): Promise<Arrival[]> =>
  (await store.find(arrivals, { index: 'by-odd', where: {}, limit: 1000 })).items;

/** Holds every reading until it is let go. */
const holdReading = () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  take = () => held.then(() => 'taken');
  return () => release();
};

it('reads thousands that came faster than they could be read, in their order, and holds only some of them', async () => {
  const release = holdReading();
  const bodies = Array.from({ length: 5_000 }, (_, at) => `post ${at}`);
  await Promise.all(bodies.map((body) => posts.arrive('fake', body)));
  expect(taken.length).toBeLessThanOrEqual(16);
  expect(await store.count(arrivals, { index: 'by-due', where: {} })).toBe(5_000);
  const reads: number[] = [];
  const find = store.find.bind(store);
  store.find = (async (from: never, query: never) => {
    const page = await find(from, query);
    reads.push(page.items.length);
    return page;
  }) as typeof store.find;
  release();
  await posts.idle();
  store.find = find;
  expect(taken).toEqual(bodies);
  expect(reads.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(3_000);
  expect(Math.max(...reads)).toBeLessThanOrEqual(100);
  expect(await kept()).toEqual([]);
  expect(counted).toMatchObject({ kept: 5_000, taken: 5_000 });
});

it('does not hold more in memory than a few long bodies', async () => {
  const release = holdReading();
  const bodies = Array.from({ length: 40 }, (_, at) => `${at} ${'x'.repeat(999_000)}`);
  for (const body of bodies) await posts.arrive('fake', body);
  let back = 0;
  const find = store.find.bind(store);
  store.find = (async (from: never, query: never) => {
    const page = await find(from, query);
    back += page.items.length;
    return page;
  }) as typeof store.find;
  release();
  await posts.idle();
  store.find = find;
  expect(taken.map((one) => one.length)).toEqual(bodies.map((one) => one.length));
  expect(new Set(taken).size).toBe(40);
  expect(back).toBeGreaterThanOrEqual(8);
});

it('keeps the order of what came while it was behind', async () => {
  const release = holdReading();
  await Promise.all(Array.from({ length: 2_100 }, (_, at) => posts.arrive('fake', `early ${at}`)));
  release();
  const late = Array.from({ length: 50 }, (_, at) => `late ${at}`);
  for (const body of late) await posts.arrive('fake', body);
  await posts.idle();
  expect(taken.slice(-50)).toEqual(late);
  expect(new Set(taken).size).toBe(2_150);
});

it('does not overlook what comes between asking the store and hearing from it', async () => {
  const find = store.find.bind(store);
  let between = (): Promise<unknown> => posts.arrive('fake', 'between');
  store.find = (async (from: never, query: never) => {
    const page = await find(from, query);
    await between();
    between = async () => undefined;
    return page;
  }) as typeof store.find;
  posts.look();
  await posts.idle();
  expect([taken, await kept()]).toEqual([['between'], []]);
});

it('tries one that fails again after longer and longer, and puts it aside in the end', async () => {
  take = async () => {
    throw new Error('the inbox is not well');
  };
  await posts.arrive('fake', 'post');
  await posts.idle();
  const waits: number[] = [];
  for (let attempt = 1; attempt < 12; attempt++) {
    const [one] = await kept();
    expect(one).toMatchObject({ attempts: attempt, reason: 'the inbox is not well', state: 'waiting' });
    const due = Date.parse(one?.dueAt ?? '');
    waits.push(due - clock.now());
    clock.set(due - 1);
    posts.look();
    await posts.idle();
    expect(taken).toHaveLength(attempt);
    clock.set(due);
    posts.look();
    await posts.idle();
    expect(taken).toHaveLength(attempt + 1);
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBe(1_000);
  expect(await kept()).toEqual([]);
  expect(await oddOnes()).toMatchObject([{ attempts: 12, reason: 'the inbox is not well', state: 'odd' }]);
});

it('puts aside at once what breaks the contract of events', async () => {
  take = async () => {
    throw new WaslError('invalid', 'sentAt: not a time');
  };
  await posts.arrive('fake', 'post');
  await posts.idle();
  expect(await oddOnes()).toMatchObject([{ attempts: 1, reason: 'sentAt: not a time' }]);
});

it('keeps what is for an inbox that is gone until it is back', async () => {
  await posts.arrive('gone', 'post');
  await posts.idle();
  for (let day = 0; day < 40; day++) {
    clock.advance(86_400_000);
    posts.look();
    await posts.idle();
  }
  expect(await kept()).toMatchObject([{ attempts: 0, state: 'waiting', reason: 'The inbox is not open.' }]);
  channels.set('gone', listening('gone'));
  clock.advance(600_000);
  posts.look();
  await posts.idle();
  expect([taken, await kept()]).toEqual([['post'], []]);
});

it('goes on with others while a channel says nothing, and takes its place back in time', async () => {
  let mute = 20;
  take = () => (mute-- > 0 ? new Promise(() => undefined) : Promise.resolve('taken'));
  for (let at = 0; at < 30; at++) await posts.arrive('fake', `post ${at}`);
  expect(taken).toHaveLength(16);
  clock.advance(60_000);
  await expect.poll(() => taken.length).toBeGreaterThanOrEqual(20);
  clock.advance(60_000);
  await posts.idle();
  clock.advance(10_000);
  posts.look();
  await posts.idle();
  expect([(await kept()).length, counted.taken]).toEqual([0, 30]);
});

it('reads nothing more once it is stopped, and everything after the next start, in its order', async () => {
  const release = holdReading();
  const bodies = Array.from({ length: 60 }, (_, at) => `post ${at}`);
  for (const body of bodies) await posts.arrive('fake', body);
  const stopping = posts.stop();
  release();
  await stopping;
  expect(taken).toHaveLength(16);
  expect(await posts.arrive('fake', 'after')).toBe('kept');
  posts = open();
  await posts.start();
  await posts.idle();
  expect(taken).toEqual([...bodies, 'after']);
  expect(await kept()).toEqual([]);
});

it('forgets nothing where removing what was read fails', async () => {
  const write = store.write.bind(store);
  let isDown = true;
  store.write = async (unit) => {
    if (isDown && unit[0]?.op === 'remove') throw new Error('down');
    return write(unit);
  };
  await posts.arrive('fake', 'post');
  await posts.idle();
  expect(await kept()).toHaveLength(1);
  posts.look();
  await posts.idle();
  expect(taken).toEqual(['post']);
  isDown = false;
  await posts.idle();
  expect(await kept()).toEqual([]);
});

/** Lets everybody through a door of their own, named by the first word of the post; that of `loud` stays shut until it is let go. */
const takeThroughDoors = () => {
  const doors = createDoors();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const said: string[] = [];
  take = async (raw) => {
    const [person = ''] = raw.split(' ');
    await doors.run(person, async () => {
      if (person === 'loud') await held;
      said.push(raw);
    });
    return 'taken';
  };
  return { said, release: () => release() };
};

it('finds what others said behind thousands of posts of one person that all wait', async () => {
  const closed = [...channels];
  channels.clear();
  const loud = Array.from({ length: 3_000 }, (_, at) => `loud ${at}`);
  await Promise.all(loud.map((body) => posts.arrive('fake', body)));
  await posts.arrive('fake', 'calm');
  await posts.stop();
  for (const [id, channel] of closed) channels.set(id, channel);
  const { said, release } = takeThroughDoors();
  posts = open();
  await posts.start();
  await expect.poll(() => said, { timeout: 30_000 }).toEqual(['calm']);
  release();
  await posts.idle();
  expect(said).toEqual(['calm', ...loud]);
  expect(await kept()).toEqual([]);
});

it('does not take waiting behind others of the same person for a channel that says nothing', async () => {
  const { said, release } = takeThroughDoors();
  for (let at = 0; at < 3; at++) await posts.arrive('fake', `loud ${at}`);
  clock.advance(61_000);
  clock.advance(61_000);
  release();
  await posts.idle();
  expect(said).toEqual(['loud 0', 'loud 1', 'loud 2']);
  // only what was past the door counts as silent
  expect(counted).toMatchObject({ taken: 2, 'put-off': 1 });
});
