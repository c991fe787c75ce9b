import { randomUUID } from 'node:crypto';
import { connect, type MongoConnection } from '../../../src/store/mongo/connection.ts';
import { createFeed, type Feed } from '../../../src/store/mongo/feed.ts';
import { indexesOf } from '../../../src/store/mongo/schema.ts';
import { type Stored, toDocument } from '../../../src/store/mongo/stored.ts';
import { createUnits, type Units, type UnitsOptions } from '../../../src/store/mongo/unit/units.ts';
import type { AnyCollection, Collection, Document } from '../../../src/store/port.ts';
import { contractCollections, type Note, notes } from '../../contract/store/notes.ts';

/** As notes, told to everybody whatever happens to who wrote them. */
export const sureNotes: Collection<Note> = { ...notes, name: 'sure', feed: 'sure' };
export const collections: readonly AnyCollection[] = [...contractCollections, sureNotes];

/** What one process has of a database: connections, units and feed of its own. */
export interface Instance {
  units: Units;
  feed: Feed;
  at: MongoConnection;
  get<T extends Document>(from: Collection<T>, id: string): Promise<T | null>;
  all(from: AnyCollection): Promise<Document[]>;
  close(): Promise<void>;
}

export type Change = Partial<Pick<UnitsOptions, 'step' | 'sent' | 'batch' | 'monotonic' | 'now' | 'pause'>>;

const isFed = (name: string): boolean => name !== 'plain';

/** Opens another "process" on a database. */
export async function openInstance(url: string, change: Change = {}): Promise<Instance> {
  const at = await connect(url, collections);
  const opening = randomUUID();
  const feed = await createFeed({ native: at.own('feed'), isFed, opening, now: Date.now, warn: () => undefined });
  const units = createUnits({
    collection: at.collection,
    collections,
    records: at.own('units'),
    record: feed.record,
    opening,
    now: Date.now,
    random: Math.random,
    warn: () => undefined,
    ...change,
  });
  const settled = async (from: AnyCollection, found: Stored[]): Promise<Document[]> =>
    (await units.settle(from, found)).shown.filter((each) => each !== null).map(toDocument);
  return {
    units,
    feed,
    at,
    get: async <T extends Document>(from: Collection<T>, id: string) =>
      ((await settled(from, await at.collection(from).find({ _id: id }).toArray()))[0] ?? null) as T | null,
    all: async (from) => settled(from, await at.collection(from).find().sort({ _id: 1 }).toArray()),
    async close() {
      units.stop();
      feed.hurry();
      await feed.close();
      await at.close();
    },
  };
}

/** A database of its own on a server, with its indexes; to be dropped at the end. */
export async function freshDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const url = new URL(server);
  url.pathname = `/units-${randomUUID().slice(0, 8)}`;
  const at = await connect(url.href, collections);
  for (const from of collections) {
    for (const { name, key, unique } of indexesOf(from)) {
      await at.collection(from).createIndex({ ...key }, unique ? { name, unique, sparse: true } : { name });
    }
  }
  return {
    url: url.href,
    async drop() {
      await at.db.dropDatabase();
      await at.close();
    },
  };
}

/** A clock that nobody sets but the test, for how long units of others are watched. */
export function ownClock(): { monotonic: () => number; pass(ms: number): void } {
  let passed = 0;
  return {
    monotonic: () => performance.now() + passed,
    pass(ms) {
      passed += ms;
    },
  };
}

/** What stops a process at one of its steps: it waits there until `goOn` is called, or for ever. */
export function stopAt(name: string, nth = 1) {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let seen = 0;
  return {
    reached: reached.promise,
    goOn: gate.resolve,
    step(step: string): Promise<void> | void {
      if (step !== name) return;
      seen += 1;
      if (seen !== nth) return;
      reached.resolve();
      return gate.promise;
    },
  };
}
