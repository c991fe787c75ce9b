import type { ChannelDeps } from './channel.ts';

type Clock = ChannelDeps['clock'];

/** That something took too long. */
export class Late extends Error {}

/** Waits `ms` milliseconds; less if the signal aborts. Never rejects. */
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

/**
 * The promise's outcome, or a rejection with `error` (without one: a `Late`) if it takes longer than `ms` milliseconds.
 * What the promise comes to after that is let go, a rejection too.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  promise: Promise<T>,
  error: () => Error = () => new Late(`no answer within ${ms} ms`),
): Promise<T> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(error()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}
