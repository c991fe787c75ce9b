import { StoreError } from '../port.ts';
import type { Connection } from './connection.ts';
import type { Feed } from './feed.ts';
import { createTransaction, type Job } from './transaction.ts';

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

/** Group commit: all work that arrives within one turn of the event loop shares one transaction. Nothing is answered before it. */
export function createWriteQueue(connection: Connection, feed: Feed): WriteQueue {
  const attempt = createTransaction(connection, feed);
  let waiting: Job[] = [];
  let scheduled = false;
  let closing = false;
  let drained = (): void => undefined;

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
