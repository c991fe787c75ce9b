import { type BucketsOptions, createBuckets } from '../channel/buckets.ts';
import { WaslError } from '../errors.ts';

/** A limit of requests by key. */
export interface RateLimit {
  /** Takes one; throws `rate-limited` where none is left. */
  take(key: string): void;
}

/** Counts requests by key, together with the other processes where there are any. */
export function createRateLimit(options: BucketsOptions): RateLimit {
  const buckets = createBuckets(options);
  return {
    take(key) {
      const retryAfterMs = buckets.take(key);
      if (retryAfterMs === 0) return;
      throw new WaslError('rate-limited', 'Too many requests: wait a moment.', { details: { retryAfterMs } });
    },
  };
}
