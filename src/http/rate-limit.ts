import type { Clock } from '../clock.ts';
import { WaslError } from '../errors.ts';

interface Bucket {
  left: number;
  at: number;
}

/** A bucket of requests that fills up again with time. In the process's own memory: it only takes the edge off a flood. */
export interface RateLimit {
  /** Takes one; throws `rate-limited` where none is left. */
  take(key: string): void;
}

export interface Allowance {
  burst: number;
  perSecond: number;
}

const maxKeys = 20_000;

/** Counts requests by key. Keys whose bucket is full again are forgotten when there are too many. */
export function createRateLimit(clock: Clock, { burst, perSecond }: Allowance): RateLimit {
  const buckets = new Map<string, Bucket>();
  const leftNow = (bucket: Bucket, now: number) =>
    Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
  const forget = (now: number): void => {
    for (const [key, bucket] of buckets) if (leftNow(bucket, now) >= burst) buckets.delete(key);
    if (buckets.size >= maxKeys) buckets.clear();
  };
  return {
    take(key) {
      const now = clock.now();
      const known = buckets.get(key);
      if (!known && buckets.size >= maxKeys) forget(now);
      const left = known ? leftNow(known, now) : burst;
      if (left < 1) {
        const retryAfterMs = Math.ceil(((1 - left) / perSecond) * 1000);
        throw new WaslError('rate-limited', 'Too many requests: wait a moment.', { details: { retryAfterMs } });
      }
      buckets.set(key, { left: left - 1, at: now });
    },
  };
}
