import type { Clock } from '../clock.ts';
import { isUnreachable } from './outage.ts';

/** So long is waited before the next try, in ms: twice as long each time, up to the most. */
const retryMs = { first: 100, most: 2_000 };

/** Work was given up because the process stops. */
export class Stopping extends Error {
  constructor() {
    super('It was given up: the process stops.');
    this.name = 'Stopping';
  }
}

/** Rejects with `Stopping` where that comes before the work is done, which is left to itself then; what is done already counts. */
export const unlessStopped = <T>(stopping: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(new Stopping());
    if (stopping.aborted) setImmediate(stop);
    stopping.addEventListener('abort', stop, { once: true });
    const done = (): void => stopping.removeEventListener('abort', stop);
    work.then(resolve, reject).then(done, done);
  });

/** Waits so many ms; rejects with `Stopping`. */
export async function pause({ after }: Pick<Clock, 'after'>, ms: number, stopping: AbortSignal): Promise<void> {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = after(ms, resolve);
  });
  await unlessStopped(stopping, over).finally(() => cancel());
}

/** Does what may be done twice again and again until the store can be reached. Rejects with `Stopping`, or as the work does. */
export async function persist<T>(
  { clock, stopping }: { clock: Clock; stopping: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  for (let waitMs = retryMs.first; ; waitMs = Math.min(waitMs * 2, retryMs.most)) {
    try {
      return await work();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (stopping.aborted) throw new Stopping();
    }
    await pause(clock, waitMs, stopping);
  }
}
