import type { AnyCollection, Blobs, Document, Store } from '../port.ts';
import { StoreError } from '../port.ts';
import { planClaim } from '../query-plan.ts';
import { writeBackup } from './backup.ts';
import { claimDue } from './claim.ts';
import { type Connection, numberOf } from './connection.ts';
import { asStoreError } from './errors.ts';
import type { Feed } from './feed.ts';
import { checkSpace, probeWriting } from './health.ts';
import { own } from './names.ts';
import { count, find, getMany } from './read.ts';
import { search } from './search.ts';
import { sweepExpired } from './sweep.ts';
import { createPauses } from './turn.ts';
import { prepareOp, readDocument, runUnit, type Writer } from './unit.ts';
import type { WriteQueue } from './write-queue.ts';

interface Parts {
  connection: Connection;
  feed: Feed;
  queue: WriteQueue;
  collections: readonly AnyCollection[];
  now: () => number;
  blobs: Blobs;
  unlock: () => void;
}

const nextValue = `
  INSERT INTO ${own.counter} (name, value) VALUES (?, 1)
  ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`;

/** Frees everything. Closing the last connection moves the log into the database; where that fails, the next start does. */
function shut({ connection, unlock }: Parts): void {
  try {
    connection.db.close();
  } finally {
    unlock();
  }
}

type Reads = Pick<Store, 'get' | 'getMany' | 'find' | 'count' | 'search' | 'changes'>;
type Writes = Pick<Store, 'write' | 'claim' | 'next' | 'sweep' | 'check'>;

/** Gives back what an operation does, with every failure as a StoreError. */
type Guard = <T>(work: () => T | Promise<T>) => Promise<T>;

// A stored document has passed its collection's schema, so it is not parsed again: hence the casts to T.
const createReads = ({ connection, feed }: Parts, guard: Guard, known: (from: AnyCollection) => void): Reads => ({
  get: <T extends Document>(from: AnyCollection, id: string) =>
    guard(() => {
      known(from);
      return readDocument(connection, from, id) as T | null;
    }),
  getMany: <T extends Document>(from: AnyCollection, ids: readonly string[]) =>
    guard(() => {
      known(from);
      return getMany(connection, from, ids) as T[];
    }),
  find: <T extends Document>(from: AnyCollection, query: Parameters<Store['find']>[1]) =>
    guard(() => {
      known(from);
      const { items, nextCursor } = find(connection, from, query);
      return { items: items as T[], nextCursor };
    }),
  count: (from, query) =>
    guard(() => {
      known(from);
      return count(connection, from, query);
    }),
  search: <T extends Document>(from: AnyCollection, words: readonly string[], options = {}) =>
    guard(async () => {
      known(from);
      const { items, nextCursor } = await search(connection, from, words, options);
      return { items: items as T[], nextCursor };
    }),
  changes: (after, limit) => guard(() => feed.changes(after, limit)),
});

const createWrites = (parts: Parts, guard: Guard, known: (from: AnyCollection) => void): Writes => {
  const { connection, feed, queue, collections } = parts;
  const writer: Writer = { connection, feed };
  const keep = <T>(value: T) => ({ keep: true, value });
  return {
    write: (unit) =>
      guard(() => {
        for (const op of unit) known(op.in);
        const prepared = unit.map(prepareOp);
        return queue.enqueue(() => {
          const value = runUnit(writer, prepared);
          return { keep: value.ok, value };
        });
      }),
    claim: <T extends Document>(from: AnyCollection, claim: Parameters<Store['claim']>[1]) =>
      guard(() => {
        known(from);
        planClaim(from, claim);
        return queue.enqueue(() => keep(claimDue(writer, from, claim) as T[]));
      }),
    next: (counter) => guard(() => queue.enqueue(() => keep(numberOf(connection, nextValue, counter)))),
    sweep: (now, limit) => guard(() => queue.enqueue(() => keep(sweepExpired(writer, collections, now, limit)))),
    check: () =>
      guard(async () => {
        await checkSpace(connection.directory);
        return queue.enqueue(() => keep(probeWriting(connection)));
      }),
  };
};

function pausing(guard: Guard): Guard {
  const pause = createPauses();
  return async (work) => {
    const pausing = pause();
    if (pausing) await pausing;
    return guard(work);
  };
}

/** The port's operations on an open database. */
export function createStore(parts: Parts): Store {
  const { connection, feed, queue, blobs, now } = parts;
  const declared = new Set(parts.collections);
  let closing: Promise<void> | null = null;
  const guard: Guard = async (work) => {
    if (closing) throw new StoreError('closed', 'The store is closed.');
    try {
      return await work();
    } catch (error) {
      if (!connection.db.isOpen) throw new StoreError('closed', 'The store was closed.', { cause: error });
      throw asStoreError(error, connection.directory);
    }
  };
  const known = (from: AnyCollection): void => {
    if (declared.has(from)) return;
    throw new StoreError('failed', `The collection ${from.name} is not as it was declared at opening.`);
  };
  return {
    driver: 'sqlite',
    exclusive: true,
    ...createReads(parts, pausing(guard), known),
    ...createWrites(parts, guard, known),
    watch: feed.watch,
    blobs,
    backup: (directory) => guard(() => writeBackup(connection.directory, directory, now())),
    close() {
      closing ??= queue.drain().then(() => shut(parts));
      return closing;
    },
  };
}
