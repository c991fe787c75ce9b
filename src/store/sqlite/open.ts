import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Migration, migrations } from '../migrations.ts';
import { type AnyCollection, type Store, StoreError } from '../port.ts';
import { openBlobs } from './blobs.ts';
import { type Connection, connect, inTransaction } from './connection.ts';
import { asStoreError } from './errors.ts';
import { createFeed } from './feed.ts';
import { checkIntegrity, deservesCheck } from './health.ts';
import { lockDirectory } from './lock.ts';
import { migrate } from './migrate.ts';
import { refuseHalfMoved } from './moving.ts';
import { checkNames, files } from './names.ts';
import { createStore } from './store.ts';
import { ensureTables } from './tables.ts';
import { createWriteQueue } from './write-queue.ts';

export interface SqliteOptions {
  /** Made where it is missing. */
  directory: string;
  collections: readonly AnyCollection[];
  /** Time in ms, for what is stamped by the store itself (backups). */
  now?: () => number;
  /** Told of what went wrong without harm to the store, such as a failing listener. */
  warn?: (message: string) => void;
  /** At most this many pages of 4 KB: a quota, beyond which writes are refused as on a full disk. */
  maxPages?: number;
  /** Other than the released ones; for tests. */
  migrations?: readonly Migration[];
}

export function refuseHalfRestored(directory: string): void {
  if (!existsSync(join(directory, files.restoring))) return;
  throw new StoreError(
    'failed',
    `A restore into ${directory} was cut off. Run it again: npm run restore -- <backup> --force`,
  );
}

/** A missing database beside attachments was lost or moved; an empty one in its place would hide that. */
function refuseLostDatabase(directory: string): void {
  if (existsSync(join(directory, files.database)) || !existsSync(join(directory, files.blobs))) return;
  if (!readdirSync(join(directory, files.blobs)).some((name) => !name.startsWith('.'))) return;
  throw new StoreError(
    'corrupt',
    `${directory} holds attachments but no ${files.database}. Put the database back or restore a backup: npm run restore -- <backup> --force`,
  );
}

function openDatabase(options: SqliteOptions): Connection {
  const isDoubtful = deservesCheck(options.directory);
  const connection = connect(options.directory);
  try {
    if (isDoubtful) checkIntegrity(connection);
    if (options.maxPages) connection.db.exec(`PRAGMA max_page_count = ${Math.trunc(options.maxPages)}`);
    migrate(connection, options.migrations ?? migrations);
    inTransaction(connection, () => ensureTables(connection, options.collections));
    return connection;
  } catch (error) {
    connection.db.close();
    throw error;
  }
}

/** Does the steps in order; where one fails, frees the directory again. */
function openLocked(options: SqliteOptions): Store {
  const { directory } = options;
  const unlock = lockDirectory(directory);
  try {
    refuseHalfRestored(directory);
    refuseHalfMoved(directory);
    refuseLostDatabase(directory);
    const connection = openDatabase(options);
    const feed = createFeed(connection, options.warn ?? ((message) => process.emitWarning(message)));
    const queue = createWriteQueue(connection, feed);
    const { collections, now = Date.now } = options;
    return createStore({ connection, feed, queue, collections, now, blobs: openBlobs(directory), unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Opens the store of one process in a directory, bringing its data to this version.
 * @throws StoreError `in-use`, `corrupt`, `newer-data`, `read-only`, `disk-full` or `failed`.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  try {
    checkNames(options.collections);
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    return openLocked(options);
  } catch (error) {
    throw asStoreError(error, options.directory);
  }
}
