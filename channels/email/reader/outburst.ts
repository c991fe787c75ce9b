import type { EventEmitter } from 'node:events';

/** Where errors come up that nobody waits for: the process, but for tests. */
type Outbursts = Pick<EventEmitter, 'on' | 'off'>;

/**
 * Runs a task of which a part may throw outside of what waits for it (a stream within a library). Rejects with that
 * error, which would otherwise end the process.
 */
export async function contain<T>(outbursts: Outbursts, task: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  outbursts.on('uncaughtException', reject);
  try {
    return await Promise.race([task(), promise]);
  } finally {
    outbursts.off('uncaughtException', reject);
  }
}
