import type { ChannelDeps } from '../../../src/channel/channel.ts';

type Clock = ChannelDeps['clock'];

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

/** The promise's outcome, or a rejection with `error` if it takes longer than `ms`. */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>, error: () => Error): Promise<T> {
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(error()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}
