/** How many at once, and how many a second after that. */
export interface Limit {
  burst: number;
  perSecond: number;
}

export interface Limiter {
  /** 0 where it may go on, else the ms to wait. */
  take(key: string): number;
}

/** Forgetting is harmless from here on: a bucket that was not used for so long is full again. */
const sweepEvery = 10_000;

/** Token buckets by key, in memory: a restart forgets them, which only ever lets a few more through. */
export function createLimiter({ burst, perSecond }: Limit, now: () => number): Limiter {
  const buckets = new Map<string, { left: number; at: number }>();
  let uses = 0;
  const sweep = (at: number): void => {
    for (const [key, bucket] of buckets) if ((at - bucket.at) * perSecond > burst * 1000) buckets.delete(key);
  };
  return {
    take(key) {
      const at = now();
      if (++uses % sweepEvery === 0) sweep(at);
      const bucket = buckets.get(key) ?? { left: burst, at };
      const left = Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) * perSecond) / 1000);
      const allowed = left >= 1;
      buckets.set(key, { left: allowed ? left - 1 : left, at });
      return allowed ? 0 : Math.ceil(((1 - left) / perSecond) * 1000);
    },
  };
}

export const unlimited: Limiter = { take: () => 0 };
