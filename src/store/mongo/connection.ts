import mongoose, { type ConnectOptions, type Model } from 'mongoose';
import type { AnyCollection } from '../port.ts';
import { own } from './names.ts';
import { schemaOf } from './schema.ts';
import type { Stored } from './stored.ts';

type Db = mongoose.mongo.Db;
/** A collection as the driver below mongoose gives it: nothing is cast or buffered. */
export type Native<T extends { _id: unknown }> = mongoose.mongo.Collection<T>;

export interface MongoConnection {
  /** Host and name of the database, for messages: no user and no password. */
  readonly place: string;
  readonly connection: mongoose.Connection;
  readonly db: Db;
  /** The model of a declared collection. */
  model(from: AnyCollection): Model<Stored>;
  /**
   * A declared collection without mongoose's casting and hydrating in between. All writes go here: what is written has
   * just passed its zod schema, which the mongoose schema is made from (a test proves that casting changes nothing).
   */
  collection(from: AnyCollection): Native<Stored>;
  /** The same by name; undefined where none is declared by it. */
  byName(name: string): Native<Stored> | undefined;
  /** A collection of the driver's own. */
  own<T extends { _id: unknown }>(name: Exclude<keyof typeof own, 'blobs'>): Native<T>;
  close(): Promise<void>;
}

/**
 * The longest that a call waits for a server to be found, and then for its answer, unless the URL says otherwise. How long it
 * waits for a connection of the pool is not bounded: many calls at once are no fault of the server.
 */
export const patience = 5000;

/**
 * What is written is on the disks of a majority when it is told, and only such is read: a change of the primary takes back
 * nothing. The driver itself tries once more where the server can tell a repetition (replica sets).
 */
const connectOptions = {
  serverSelectionTimeoutMS: patience,
  connectTimeoutMS: patience,
  socketTimeoutMS: patience,
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  appName: 'wasl',
} as const satisfies ConnectOptions;

const timeouts = ['serverSelectionTimeoutMS', 'connectTimeoutMS', 'socketTimeoutMS'] as const;

/** The options without the timeouts that a URL sets itself. */
function optionsFor(url: string): ConnectOptions {
  const set = new Set([...new URLSearchParams(url.split('?')[1]).keys()].map((name) => name.toLowerCase()));
  const options: ConnectOptions = { dbName: databaseOf(url), ...connectOptions };
  for (const name of timeouts) if (set.has(name.toLowerCase())) delete options[name];
  return options;
}

/** The database that a URL names; `wasl` where it names none. */
function databaseOf(url: string): string {
  const path = /^[^:]+:\/\/[^/]+\/([^?]*)/.exec(url)?.[1] ?? '';
  return path === '' ? 'wasl' : decodeURIComponent(path);
}

/** Hosts and database of a URL, without user and password. */
export function placeOf(url: string): string {
  const hosts = /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? 'MONGODB_URL';
  return `${hosts}/${databaseOf(url)}`;
}

/** Connects to the database that a URL names. `options` stand over the driver's usual ones. */
export async function connect(
  url: string,
  collections: readonly AnyCollection[],
  options: ConnectOptions = {},
): Promise<MongoConnection> {
  const connection = mongoose.createConnection(url, { ...optionsFor(url), ...options });
  // told by the calls that fail; without a listener it would end the process
  connection.on('error', () => undefined);
  const models = new Map<AnyCollection, Model<Stored>>();
  for (const from of collections) models.set(from, connection.model<Stored>(from.name, schemaOf(from)));
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => undefined);
    throw error;
  }
  const db = connection.getClient().db(connection.name);
  const byName = new Map(collections.map(({ name }) => [name, db.collection<Stored>(name)]));
  const known = <T>(found: T | undefined, from: AnyCollection): T => {
    if (found === undefined) throw new Error(`The collection ${from.name} was not declared at opening.`);
    return found;
  };
  return {
    place: placeOf(url),
    connection,
    db,
    model: (from) => known(models.get(from), from),
    collection: (from) => known(byName.get(from.name), from),
    byName: (name) => byName.get(name),
    own: <T extends { _id: unknown }>(name: Exclude<keyof typeof own, 'blobs'>) =>
      db.collection<T>(own[name]) as Native<T>,
    close: () => connection.close(),
  };
}
