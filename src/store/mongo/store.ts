import type { AnyCollection, Document, Op, Store } from '../port.ts';
import { StoreError } from '../port.ts';
import { planClaim } from '../query-plan.ts';
import { createBlobs } from './blobs.ts';
import { claimDue } from './claim.ts';
import type { MongoConnection } from './connection.ts';
import { count } from './count.ts';
import { nextValue } from './counters.ts';
import { asStoreError } from './errors.ts';
import type { Feed } from './feed.ts';
import { probeWriting } from './health.ts';
import { find, get, getMany, type Reader } from './read.ts';
import { search } from './search.ts';
import { sweepExpired } from './sweep.ts';
import { createGate, createTurns } from './turns.ts';
import type { Units } from './unit/units.ts';

export interface Parts {
  at: MongoConnection;
  units: Units;
  feed: Feed;
  collections: readonly AnyCollection[];
  /** Time in ms. */
  now: () => number;
  /** Ends what goes on by itself, before the connection is closed. */
  end: () => void;
}

/** Does what an operation asks, with every failure as a StoreError; closing waits for it. */
type Guard = <T>(work: () => Promise<T>) => Promise<T>;
/** Units under way at a time. A flood of them waits before it begins: what has begun must end in time. */
const mostUnits = 64;

type Known = (from: AnyCollection) => void;

type Reads = Pick<Store, 'get' | 'getMany' | 'find' | 'count' | 'search' | 'changes'>;
type Writes = Pick<Store, 'write' | 'claim' | 'next' | 'sweep' | 'check'>;

// A stored document has passed its collection's schema, so it is not parsed again: hence the casts to T.
function createReads({ at, units, feed }: Parts, guard: Guard, known: Known): Reads {
  const reader: Reader = { at, settle: units.settle, steady: units.steady };
  const from = <T>(collection: AnyCollection, work: () => Promise<T>): Promise<T> =>
    guard(async () => {
      known(collection);
      return work();
    });
  return {
    get: <T extends Document>(of: AnyCollection, id: string) =>
      from(of, () => get(reader, of, id) as Promise<T | null>),
    getMany: <T extends Document>(of: AnyCollection, ids: readonly string[]) =>
      from(of, () => getMany(reader, of, ids) as Promise<T[]>),
    find: <T extends Document>(of: AnyCollection, query: Parameters<Store['find']>[1]) =>
      from(of, async () => {
        const { items, nextCursor } = await find(reader, of, query);
        return { items: items as T[], nextCursor };
      }),
    count: (of, query) => from(of, () => count(reader, of, query)),
    search: <T extends Document>(of: AnyCollection, words: readonly string[], options = {}) =>
      from(of, async () => {
        const { items, nextCursor } = await search(reader, of, words, options);
        return { items: items as T[], nextCursor };
      }),
    changes: (after, limit) => guard(() => feed.changes(after, limit)),
  };
}

function createWrites({ at, units, collections, now }: Parts, guard: Guard, known: Known): Writes {
  const turns = createTurns();
  const enter = createGate(mostUnits);
  const write = (unit: readonly Op[]) => enter(() => units.write(unit));
  const working = { at, settle: units.settle, steady: units.steady, write };
  return {
    write: (unit) =>
      guard(async () => {
        for (const op of unit) known(op.in);
        return write(unit);
      }),
    claim: <T extends Document>(from: AnyCollection, claim: Parameters<Store['claim']>[1]) =>
      guard(async () => {
        known(from);
        planClaim(from, claim);
        return (await claimDue({ ...working, turns }, from, claim)) as T[];
      }),
    next: (counter) => guard(() => nextValue(at, turns, counter)),
    sweep: (time, limit) => guard(() => sweepExpired({ ...working, collections, now }, time, limit)),
    check: () => guard(() => probeWriting(at, now())),
  };
}

const noBackup = (at: MongoConnection): StoreError =>
  new StoreError(
    'failed',
    `The data are in MongoDB at ${at.place}: back them up with mongodump, or copy them into a directory with npm run migrate-store.`,
  );

/** The port's operations on a prepared database. */
export function createStore(parts: Parts): Store {
  const { at, units, feed, collections, now } = parts;
  const declared = new Set(collections);
  const inHand = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  const guard: Guard = async (work) => {
    if (closing) throw new StoreError('closed', 'The store is closed.');
    const done = work();
    inHand.add(done);
    try {
      return await done;
    } catch (error) {
      throw asStoreError(error, at.place);
    } finally {
      inHand.delete(done);
    }
  };
  const known: Known = (from) => {
    if (declared.has(from)) return;
    throw new StoreError('failed', `The collection ${from.name} is not as it was declared at opening.`);
  };
  const close = async (): Promise<void> => {
    units.stop();
    feed.hurry();
    while (inHand.size > 0) await Promise.allSettled([...inHand]);
    await units.idle();
    await feed.close();
    parts.end();
    await at.close();
  };
  return {
    driver: 'mongo',
    exclusive: false,
    ...createReads(parts, guard, known),
    ...createWrites(parts, guard, known),
    watch: feed.watch,
    blobs: createBlobs(at, now, guard),
    backup: () =>
      guard(async () => {
        throw noBackup(at);
      }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
