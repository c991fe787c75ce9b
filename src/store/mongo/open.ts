import { randomUUID } from 'node:crypto';
import { type Migration, migrations } from '../migrations.ts';
import type { AnyCollection, Store } from '../port.ts';
import { connect, type MongoConnection, placeOf } from './connection.ts';
import { asStoreError } from './errors.ts';
import { createFeed } from './feed.ts';
import { refuseHalfMoved } from './moving.ts';
import { checkNames } from './names.ts';
import { prepareDatabase } from './prepare.ts';
import { createStore } from './store.ts';
import { createUnits } from './unit/units.ts';

export interface MongoOptions {
  url: string;
  collections: readonly AnyCollection[];
  /** Time in ms. */
  now?: () => number;
  /** Told of what went wrong without harm to the store, such as a failing listener. */
  warn?: (message: string) => void;
  /** Other than the released ones; for tests. */
  migrations?: readonly Migration[];
}

/** Writes in one call: so few that a slow server answers within the patience of a connection. */
const batch = 50;
/** Between two looks for units that a process left half done. */
const recoverMs = 10_000;

/** Prepares the database over a connection of its own: making an index may take longer than any call should. */
async function prepare({
  url,
  collections,
  migrations: list = migrations,
  now = Date.now,
}: MongoOptions): Promise<void> {
  const at = await connect(url, collections, { socketTimeoutMS: 0 });
  try {
    await refuseHalfMoved(at);
    await prepareDatabase({ at, collections, migrations: list, now });
  } finally {
    await at.close();
  }
}

async function begin(at: MongoConnection, options: MongoOptions): Promise<Store> {
  const { collections, now = Date.now, warn = (message) => process.emitWarning(message) } = options;
  const opening = randomUUID();
  const fed = new Set(collections.filter(({ feed }) => feed).map(({ name }) => name));
  const feed = await createFeed({ native: at.own('feed'), isFed: (name) => fed.has(name), opening, now, warn });
  const units = createUnits({
    collection: at.collection,
    collections,
    records: at.own('units'),
    record: feed.record,
    random: Math.random,
    opening,
    now,
    warn,
    batch,
  });
  await units.recover(true);
  // where the server is away, the next look does it
  const timer = setInterval(() => void units.recover(false).catch(() => undefined), recoverMs);
  timer.unref();
  return createStore({ at, units, feed, collections, now, end: () => clearInterval(timer) });
}

/**
 * Opens the store in a MongoDB database, bringing its data to this version.
 * @throws StoreError `unavailable`, `newer-data`, `corrupt` or `failed`.
 */
export async function openMongoStore(options: MongoOptions): Promise<Store> {
  try {
    checkNames(options.collections);
    await prepare(options);
    const at = await connect(options.url, options.collections);
    return await begin(at, options).catch(async (error: unknown) => {
      await at.close();
      throw error;
    });
  } catch (error) {
    throw asStoreError(error, placeOf(options.url));
  }
}
