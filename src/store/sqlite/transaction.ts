import type { StoreError } from '../port.ts';
import type { Connection } from './connection.ts';
import { asStoreError } from './errors.ts';
import type { Feed } from './feed.ts';

/** Work in the queue; it settles its promise itself, once told that the transaction is through. */
export interface Job {
  /** Does the work, again where the transaction is begun anew; false where its changes must be rolled back. */
  run(): boolean;
  fail(error: StoreError): void;
  settle(): void;
}

/**
 * Gives a function that runs work in one transaction, and the error where that failed as a whole. Where a piece fails
 * after it changed something, all is done again with each piece in a savepoint of its own, so that it alone is undone:
 * savepoints for pieces that all but never fail would cost each of them.
 */
export function createTransaction(connection: Connection, feed: Feed): (batch: readonly Job[]) => StoreError | null {
  const { db, directory, tally } = connection;
  const runJob = (job: Job): boolean => {
    try {
      return job.run();
    } catch (error) {
      // on a full disk and the like SQLite may have ended the whole transaction by itself
      if (!db.isTransaction) throw error;
      job.fail(asStoreError(error, directory));
      return false;
    }
  };
  /** False where it failed and left changes behind. */
  const runBare = (job: Job): boolean => {
    const { changed } = tally;
    return runJob(job) || tally.changed === changed;
  };
  const runPiece = (job: Job): void => {
    const mark = feed.mark();
    db.exec('SAVEPOINT piece');
    if (!runJob(job)) {
      db.exec('ROLLBACK TO piece');
      feed.rewind(mark);
    }
    db.exec('RELEASE piece');
  };
  const rollBack = (): void => {
    if (db.isTransaction) db.exec('ROLLBACK');
    feed.rewind(0);
  };
  const transact = (batch: readonly Job[]): void => {
    db.exec('BEGIN IMMEDIATE');
    if (!batch.every(runBare)) {
      rollBack();
      if (batch.length === 1) return;
      db.exec('BEGIN IMMEDIATE');
      for (const job of batch) runPiece(job);
    }
    db.exec('COMMIT');
    feed.commit();
  };
  return (batch) => {
    try {
      transact(batch);
      return null;
    } catch (error) {
      rollBack();
      return asStoreError(error, directory);
    }
  };
}
