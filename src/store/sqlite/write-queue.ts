import { StoreError } from '../port.ts';
import type { Connection } from './connection.ts';
import { asStoreError } from './errors.ts';
import type { Feed } from './feed.ts';

/** What a piece of work gives, and whether its changes are to be kept. */
export interface Outcome<T> {
  keep: boolean;
  value: T;
}

export interface WriteQueue {
  /** Runs synchronous work in the next shared transaction; resolves when that is durable. */
  enqueue<T>(work: () => Outcome<T>): Promise<T>;
  /** Refuses new work and resolves when what is queued is done. */
  drain(): Promise<void>;
}

/** Work in the queue; it settles its promise itself, once told that the transaction is through. */
interface Job {
  /** Does the work; false where its changes must be rolled back. */
  run(): boolean;
  fail(error: StoreError): void;
  settle(): void;
}

/** More in one transaction would hold up the event loop for longer than it saves. */
const mostPerCommit = 500;

function createJob<T>(work: () => Outcome<T>, resolve: (value: T) => void, reject: (error: StoreError) => void): Job {
  let settle = (): void => undefined;
  return {
    run() {
      const { keep, value } = work();
      settle = () => resolve(value);
      return keep;
    },
    fail(error) {
      settle = () => reject(error);
    },
    settle: () => settle(),
  };
}

/**
 * Group commit: all work that arrives within one turn of the event loop shares one transaction, each piece in a
 * savepoint of its own, so that one that fails is rolled back alone. Nothing is answered before the commit.
 */
export function createWriteQueue(connection: Connection, feed: Feed): WriteQueue {
  const { db, directory } = connection;
  let waiting: Job[] = [];
  let scheduled = false;
  let closing = false;
  let drained = (): void => undefined;

  const undo = (mark: number): void => {
    db.exec('ROLLBACK TO piece');
    feed.rewind(mark);
  };
  const runPiece = (job: Job): void => {
    const mark = feed.mark();
    db.exec('SAVEPOINT piece');
    try {
      if (!job.run()) undo(mark);
    } catch (error) {
      // on a full disk and the like SQLite may have ended the whole transaction by itself
      if (!db.isTransaction) throw error;
      undo(mark);
      job.fail(asStoreError(error, directory));
    }
    db.exec('RELEASE piece');
  };
  const attempt = (batch: readonly Job[]): StoreError | null => {
    try {
      db.exec('BEGIN IMMEDIATE');
      for (const job of batch) runPiece(job);
      db.exec('COMMIT');
      feed.commit();
      return null;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      feed.rewind(0);
      return asStoreError(error, directory);
    }
  };
  const commit = (batch: readonly Job[]): void => {
    const failure = attempt(batch);
    for (const job of failure ? batch : []) {
      // what found no room together may find it one by one; anything else would only fail again
      const isAlone = batch.length === 1 || failure?.code !== 'disk-full';
      const own = isAlone ? failure : attempt([job]);
      if (own) job.fail(own);
    }
  };
  const flush = (): void => {
    const batch = waiting.slice(0, mostPerCommit);
    waiting = waiting.slice(mostPerCommit);
    commit(batch);
    for (const job of batch) job.settle();
    feed.publish();
    scheduled = waiting.length > 0;
    if (scheduled) setImmediate(flush);
    else drained();
  };
  const schedule = (job: Job): void => {
    waiting.push(job);
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };
  return {
    enqueue(work) {
      if (closing) return Promise.reject(new StoreError('closed', 'The store is closed.'));
      return new Promise((resolve, reject) => schedule(createJob(work, resolve, reject)));
    },
    drain() {
      closing = true;
      if (!scheduled) return Promise.resolve();
      return new Promise((resolve) => {
        drained = resolve;
      });
    },
  };
}
