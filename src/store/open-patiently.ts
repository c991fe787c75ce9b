import type { Clock } from '../clock.ts';
import { type Store, StoreError } from './port.ts';

/** A database may come up later than Wasl does: it is asked again for a while before the start is given up. */
const patience = { forMs: 60_000, everyMs: 2_000 };

/** Opens a store as soon as it can be; rejects as `open` does once it was asked for a minute, or where waiting is no use. */
export async function openPatiently(
  open: () => Promise<Store>,
  clock: Clock,
  warn: (message: string) => void,
): Promise<Store> {
  const until = clock.now() + patience.forMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await open();
    } catch (error) {
      const mayCome = error instanceof StoreError && error.code === 'unavailable' && clock.now() < until;
      if (!mayCome) throw error;
      if (isFirst) warn(`${error.message} It is asked again for a minute.`);
      await new Promise((resolve) => setTimeout(resolve, patience.everyMs));
    }
  }
}
