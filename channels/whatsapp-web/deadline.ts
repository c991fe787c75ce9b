import type { ChannelDeps } from '../../src/channel/channel.ts';

type Clock = ChannelDeps['clock'];

/** That something took too long. */
export class Late extends Error {}

/** The promise's outcome, or a rejection with `Late` if it takes longer than `ms`. What comes after that is let go. */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(new Late(`no answer within ${ms} ms`)));
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}

/** Waits; earlier if the signal aborts. Never rejects. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal?.addEventListener('abort', end);
  });
}
