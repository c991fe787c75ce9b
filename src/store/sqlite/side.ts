import { existsSync, mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { migrations } from '../migrations.ts';
import { type BlobFact, explaining, type Role, type Side } from '../move/side.ts';
import { type AnyCollection, type Blobs, type Document, StoreError } from '../port.ts';
import { blobBytes, openBlobs, readBlob } from './blobs.ts';
import { insertRow } from './columns.ts';
import { type Connection, connect, inTransaction, numberOf, row, rows, run } from './connection.ts';
import { asStoreError } from './errors.ts';
import { checkIntegrity, deservesCheck } from './health.ts';
import { lockDirectory } from './lock.ts';
import { migrate, refuseForeign } from './migrate.ts';
import { readMark, removeMark, writeMark } from './moving.ts';
import { files, own, tableOf } from './names.ts';
import { refuseHalfRestored } from './open.ts';
import { changeSideTables } from './side-tables.ts';
import { dropDerived, ensureTables } from './tables.ts';

/** As much is read and written in one go: so many documents, or so many characters of them. */
const most = { documents: 500, characters: 4_000_000 };

/** A directory under its lock; its database is opened where there is one, and made by `begin`. */
interface Held {
  directory: string;
  collections: readonly AnyCollection[];
  connection: Connection | null;
}

function connectionOf({ connection, directory }: Held): Connection {
  if (connection) return connection;
  throw new StoreError('failed', `${directory} holds no data of Wasl.`);
}

const hasTable = (connection: Connection, from: AnyCollection): boolean =>
  row(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", from.name) !== undefined;

/** A store whose program never knew a collection has no table for it. */
const countOf = (connection: Connection, from: AnyCollection): number =>
  hasTable(connection, from) ? numberOf(connection, `SELECT count(*) FROM ${tableOf(from)}`) : 0;

function readPart(connection: Connection, from: AnyCollection, after: string): Document[] {
  const text = `SELECT doc FROM ${tableOf(from)} WHERE id > ? ORDER BY id LIMIT ${most.documents}`;
  const part: Document[] = [];
  let characters = 0;
  for (const [doc] of connection.prepare(text).iterate(after) as Iterable<unknown> as Iterable<unknown[]>) {
    part.push(JSON.parse(String(doc)));
    characters += String(doc).length;
    if (characters > most.characters) break;
  }
  return part;
}

async function* documentsOf(connection: Connection, from: AnyCollection): AsyncGenerator<Document[]> {
  if (!hasTable(connection, from)) return;
  for (let part = readPart(connection, from, ''); part.length > 0; part = readPart(connection, from, lastId(part)))
    yield part;
}

const lastId = (part: readonly Document[]): string => part.at(-1)?.id ?? '';

function getMany(connection: Connection, from: AnyCollection, ids: readonly string[]): Document[] {
  const text = `SELECT doc FROM ${tableOf(from)} WHERE id IN (SELECT value FROM json_each(?))`;
  return rows(connection, text, JSON.stringify(ids)).map(([doc]): Document => JSON.parse(String(doc)));
}

/** A new row begins at version 1, so a later version is written behind it. */
function insertOne(connection: Connection, into: AnyCollection, document: Document): void {
  if (!insertRow(connection, into, document, JSON.stringify(document))) return;
  changeSideTables(connection, into, { before: null, after: document });
  const { id, version } = document;
  if (version !== 1) run(connection, `UPDATE ${tableOf(into)} SET version = ? WHERE id = ?`, version, id);
}

const insertAll = (connection: Connection, into: AnyCollection, documents: readonly Document[]): void =>
  inTransaction(connection, () => {
    for (const document of documents) insertOne(connection, into, document);
  });

/** Empties a collection's table, and drops what is computed from it, which is then made anew. */
function clear(connection: Connection, collections: readonly AnyCollection[], into: AnyCollection): void {
  inTransaction(connection, () => {
    run(connection, `DELETE FROM ${tableOf(into)}`);
    dropDerived(connection, into.name);
    ensureTables(connection, collections);
  });
}

function setCounters(connection: Connection, values: ReadonlyMap<string, number>): void {
  inTransaction(connection, () => {
    run(connection, `DELETE FROM ${own.counter}`);
    const insert = `INSERT INTO ${own.counter} (name, value) VALUES (?, ?)`;
    for (const [name, value] of values) run(connection, insert, name, value);
  });
}

/** The finished blobs, a folder at a time. */
async function* blobsOf(directory: string): AsyncGenerator<BlobFact> {
  const root = join(directory, files.blobs);
  for (const folder of await readdir(root).catch(() => [])) {
    if (folder.startsWith('.')) continue;
    for (const id of await readdir(join(root, folder))) {
      const bytes = await blobBytes(directory, id);
      if (bytes !== null) yield { id, bytes };
    }
  }
}

async function heldIn({ directory }: Held): Promise<string | null> {
  if (existsSync(join(directory, files.restoring))) return 'a restore that was cut off';
  if (existsSync(join(directory, files.database))) return `a store (${files.database})`;
  for await (const _blob of blobsOf(directory)) return 'attachments';
  return null;
}

function dataVersion({ connection }: Held): number | null {
  if (!connection) return null;
  const version = numberOf(connection, 'PRAGMA user_version');
  refuseForeign(connection, version, version);
  return version;
}

function createSide(held: Held, unlock: () => void): Side {
  const { directory, collections } = held;
  const on = (): Connection => connectionOf(held);
  const explain = (error: unknown): StoreError => asStoreError(error, directory);
  const guard = async (work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw explain(error);
    }
  };
  let blobs: Blobs | null = null;
  const writing = (): Blobs => {
    blobs ??= openBlobs(directory);
    return blobs;
  };
  return {
    place: directory,
    dataVersion: async () => dataVersion(held),
    held: () => heldIn(held),
    isUsed: async () => false, // the lock tells at opening
    marker: async () => readMark(directory),
    begin: (marker) =>
      guard(async () => {
        await writeMark(directory, marker);
        held.connection ??= connect(directory);
        migrate(on(), migrations);
        inTransaction(on(), () => ensureTables(on(), collections));
        writing();
      }),
    end: () => removeMark(directory),
    count: async (from) => countOf(on(), from),
    documents: (from) => explaining(documentsOf(on(), from), explain),
    getMany: async (from, ids) => getMany(on(), from, ids),
    insert: (into, documents) => guard(() => insertAll(on(), into, documents)),
    clear: (into) => guard(() => clear(on(), collections, into)),
    counters: async () =>
      new Map(
        rows(on(), `SELECT name, value FROM ${own.counter}`).map(([name, value]) => [String(name), Number(value)]),
      ),
    setCounters: (values) => guard(() => setCounters(on(), values)),
    blobs: () => blobsOf(directory),
    blobBytes: (id) => blobBytes(directory, id),
    getBlob: (id) => readBlob(directory, id),
    putBlob: async (id, from) => void (await writing().put(id, from, Number.POSITIVE_INFINITY)),
    removeBlob: (id) => writing().remove(id),
    async close() {
      try {
        held.connection?.db.close();
      } finally {
        unlock();
      }
    },
  };
}

/** Opens the database that is there as it is: nothing is brought to another version. */
function connectAsIs(directory: string): Connection | null {
  if (!existsSync(join(directory, files.database))) return null;
  const isDoubtful = deservesCheck(directory);
  const connection = connect(directory);
  try {
    if (isDoubtful) checkIntegrity(connection);
    return connection;
  } catch (error) {
    connection.db.close();
    throw error;
  }
}

export interface SqliteSideOptions {
  directory: string;
  collections: readonly AnyCollection[];
  role: Role;
}

function openLocked({ directory, collections, role }: SqliteSideOptions): Side {
  const unlock = lockDirectory(directory);
  try {
    if (role === 'source') refuseHalfRestored(directory);
    return createSide({ directory, collections, connection: connectAsIs(directory) }, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Opens a directory as one end of a move, under its lock. A target is made where it is missing.
 * @throws StoreError `in-use`, `corrupt`, `read-only` or `failed`.
 */
export async function openSqliteSide(options: SqliteSideOptions): Promise<Side> {
  const directory = resolve(options.directory);
  try {
    if (options.role === 'target') mkdirSync(directory, { recursive: true, mode: 0o700 });
    else if (!existsSync(join(directory, files.database)))
      throw new StoreError(
        'failed',
        `${directory} holds no data of Wasl: set DATA_DIR, or name the place with --from.`,
      );
    return openLocked({ ...options, directory });
  } catch (error) {
    throw asStoreError(error, directory);
  }
}
