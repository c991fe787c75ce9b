import { type Allowance, type Buckets, createBuckets } from '../../src/channel/buckets.ts';
import type { HostDeps } from '../../src/channel/kind.ts';

export type Limit = Allowance;
export type Limiter = Buckets;

export const unlimited: Limiter = { take: () => 0 };

/** Counts by key, together with the other processes where there are any; `name` is of what is counted. */
export const createLimiter = ({ clock, peers }: HostDeps, name: string, limit: Limit): Limiter =>
  createBuckets({ ...limit, clock, shared: peers ? { name, peers } : undefined });
