import { z } from 'zod';
import { type Clock, iso } from '../clock.ts';
import type { Collection, Store } from '../store/port.ts';

const attempts = z.object({
  id: z.string(),
  version: z.number().int(),
  count: z.number().int(),
  expiresAt: z.string(),
});
/** How often something was tried since its window began. */
export type Attempts = z.infer<typeof attempts>;

/** Attempts counted in the store, so that all processes share them and a restart forgives nothing. */
export const attemptsNamed = (name: string): Collection<Attempts> => ({
  name,
  schema: attempts,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
});

/** What is counted, and how often it may be within a window of `windowMs` ms. */
export interface Counted {
  in: Collection<Attempts>;
  id: string;
  limit: number;
  windowMs: number;
}

interface Deps {
  store: Store;
  clock: Clock;
}

async function begin(store: Store, counted: Counted, now: number, former: Attempts | null): Promise<boolean> {
  const { in: collection, id, windowMs } = counted;
  const fresh = { count: 1, expiresAt: iso(now + windowMs) };
  const result = await store.write([
    former
      ? { op: 'update', in: collection, id, expect: former.version, set: fresh }
      : { op: 'insert', in: collection, document: { id, version: 1, ...fresh } },
  ]);
  return result.ok;
}

async function addOne(store: Store, { in: collection, id }: Counted): Promise<Attempts | null> {
  const result = await store.write([{ op: 'update', in: collection, id, add: { count: 1 } }]);
  return result.ok ? (result.documents[0] as Attempts) : null;
}

/**
 * Counts one more, before what is counted is done, so that many at once cannot slip through together. Gives how many there
 * are now, or since when the limit is reached, until when (ISO); then nothing more is written.
 */
export async function countOne(
  { store, clock }: Deps,
  counted: Counted,
): Promise<{ count: number } | { until: string }> {
  const now = clock.now();
  for (;;) {
    const former = await store.get(counted.in, counted.id);
    if (!former || former.expiresAt <= iso(now)) {
      if (await begin(store, counted, now, former)) return { count: 1 };
      continue;
    }
    if (former.count >= counted.limit) return { until: former.expiresAt };
    const after = await addOne(store, counted);
    if (after) return after.count > counted.limit ? { until: after.expiresAt } : { count: after.count };
  }
}
