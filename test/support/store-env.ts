import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import type { mongo } from 'mongoose';
import { collections } from '../../src/collections.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/port.ts';

type Db = mongo.Db;

/** The server of MONGODB_URL is one that takes hundreds of writes at once longer than a call may take (FerretDB). */
export const isSlowStore = process.env.MONGODB_ONE_PROCESS !== undefined;

/** What names a store, as settings or as the environment of a process. */
export type StoreEnv = { DATA_DIR: string; MONGODB_URL?: string };

/** The databases that belong to directories, as this process has named them. */
const named = new Map<string, string>();
/** Emptied databases of earlier tests, collections and indexes still made: making those takes most of the time of a first opening. */
const spare: string[] = [];
const mostSpare = 4;

/** A name that MongoDB takes, which stays the same for a directory: short, and of small letters only. */
const databaseOf = (directory: string): string => {
  const digest = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const readable = basename(directory)
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '');
  return `wasl-test-${readable.slice(0, 30)}-${digest}`;
};

/** The address of a database on the server that `url` names. */
const within = (url: string, database: string): string =>
  url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${database}`);

/** Databases that are used once: a test asks what is made in one that was never there. */
const single = new Set<string>();

/** The address of a database that was never there, for the directory that names its removal; empty without a server. */
export function newDatabase(directory: string): string {
  const server = process.env.MONGODB_URL;
  if (!server) return '';
  const path = resolve(directory);
  const database = databaseOf(path);
  named.set(path, database);
  single.add(database);
  return within(server, database);
}

/**
 * The settings of a test's store: the directory alone, or with it a database of its own on the server that MONGODB_URL names.
 * The same directory gives the same database.
 */
export function storeEnv(directory: string): StoreEnv {
  const server = process.env.MONGODB_URL;
  if (!server) return { DATA_DIR: directory };
  const path = resolve(directory);
  const database = named.get(path) ?? spare.pop() ?? databaseOf(path);
  named.set(path, database);
  return { DATA_DIR: directory, MONGODB_URL: within(server, database) };
}

/** Opens the store of the program's own collections that belongs to a directory. */
export const openStoreOf = (directory: string, now: () => number = Date.now): Promise<Store> =>
  openStore(storeEnv(directory), { collections, now, warn: (message) => process.emitWarning(message) });

/** Leaves only what says of which form the data are. */
async function empty(db: Db): Promise<void> {
  const all = await db.collections();
  const only = (name: string) => (name === 'wasl.meta' ? { _id: { $ne: 'data' as never } } : {});
  await Promise.all(all.map((one) => one.deleteMany(only(one.collectionName))));
}

async function giveBack(names: readonly string[], server: string): Promise<void> {
  // loaded only where it is needed
  const { mongo } = await import('mongoose');
  const client = await mongo.MongoClient.connect(server, { serverSelectionTimeoutMS: 2_000 });
  try {
    for (const name of names) {
      const isKept = spare.length < mostSpare && !single.has(name);
      await (isKept ? empty(client.db(name)) : client.db(name).dropDatabase());
      if (isKept) spare.push(name);
    }
  } finally {
    await client.close();
  }
}

/** Removes a directory with the databases that belong to it and to what is below it. Its stores must be closed. */
export async function removeStore(directory: string): Promise<void> {
  const path = resolve(directory);
  const gone = [...named].filter(([one]) => one === path || one.startsWith(path + sep));
  for (const [one] of gone) named.delete(one);
  const server = process.env.MONGODB_URL;
  const databases = gone.map(([, database]) => database);
  if (server && databases.length > 0) await giveBack(databases, server);
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
