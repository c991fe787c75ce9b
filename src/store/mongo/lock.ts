import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../port.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicate } from './errors.ts';

interface Lock {
  _id: string;
  owner: string;
  /** Grows for as long as its owner lives. */
  beat: number;
}

/** A lock that is held. */
export interface Held {
  /** @throws StoreError `failed` where another process has taken it for abandoned. */
  check(): void;
}

export interface LockTimes {
  beatMs: number;
  /** A beat that has not changed for so long is of a process that is gone. */
  staleMs: number;
  askMs: number;
}

const usual: LockTimes = { beatMs: 2000, staleMs: 15_000, askMs: 250 };

const locksOf = (at: MongoConnection) => at.own<Lock>('locks');

async function tryTake(at: MongoConnection, lock: Lock): Promise<boolean> {
  try {
    await locksOf(at).insertOne({ ...lock });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Waits for the lock. That its owner is gone is judged by this process's own clock, from what it sees. */
async function take(at: MongoConnection, lock: Lock, times: LockTimes): Promise<void> {
  let seen = '';
  let since = performance.now();
  while (!(await tryTake(at, lock))) {
    const other = await locksOf(at).findOne({ _id: lock._id });
    const sight = `${other?.owner} ${other?.beat}`;
    if (sight !== seen) [seen, since] = [sight, performance.now()];
    else if (other && performance.now() - since > times.staleMs) await locksOf(at).deleteOne({ ...other });
    await pause(times.askMs);
  }
}

/** Does work that one process at a time may do; a process that died in it is made way for. */
export async function underLock<T>(
  at: MongoConnection,
  name: string,
  work: (held: Held) => Promise<T>,
  times: LockTimes = usual,
): Promise<T> {
  const owner = randomUUID();
  await take(at, { _id: name, owner, beat: 0 }, times);
  let isLost = false;
  const timer = setInterval(() => {
    locksOf(at)
      .updateOne({ _id: name, owner }, { $inc: { beat: 1 } })
      .then(
        ({ matchedCount }) => {
          isLost ||= matchedCount === 0;
        },
        () => undefined, // the next beat, or the work itself, tells
      );
  }, times.beatMs);
  const check = (): void => {
    if (isLost) throw new StoreError('failed', `Another Wasl went on with the ${name} of the database: start again.`);
  };
  try {
    return await work({ check });
  } finally {
    clearInterval(timer);
    await locksOf(at).deleteOne({ _id: name, owner });
  }
}
