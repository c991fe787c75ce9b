import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ChannelDeps } from './channel.ts';
import type { Peers } from './kind.ts';

/** How many at once, and how many a second after that. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

/** Buckets by key that fill up again with time. In memory: they only take the edge off a flood, and a restart forgets them. */
export interface Buckets {
  /** Takes one: 0 where it may go on, else the ms to wait. */
  take(key: string): number;
}

export interface BucketsOptions extends Allowance {
  clock: ChannelDeps['clock'];
  /**
   * The other processes, with whom the buckets of this `name` are shared: each tells what it took a little later, so that a
   * flood over several is let through for that long. Keys are told as digests.
   */
  shared?: { name: string; peers: Pick<Peers, 'publish' | 'subscribe'> } | undefined;
}

interface Bucket {
  left: number;
  at: number;
}

const maxKeys = 20_000;
/** What was taken is told this often (ms), if anything was. */
const tellEveryMs = 250;

const taken = z.array(z.tuple([z.string(), z.number().int().positive()]));

/** Keys that differ stay different, and nobody reads an address or a phone in them. */
const digestOf = (key: string): string => hash('sha256', key, 'base64url').slice(0, 27);

/** Gathers what is taken and tells it; `heard` gets what others took. */
function tellTaken(
  { clock, shared }: BucketsOptions,
  heard: (key: string, count: number) => void,
): (key: string) => void {
  if (!shared) return () => undefined;
  const topic = `taken:${shared.name}`;
  let untold = new Map<string, number>();
  shared.peers.subscribe(topic, (payload) => {
    for (const [key, count] of taken.parse(payload)) heard(key, count);
  });
  const tell = (): void => {
    shared.peers.publish(topic, [...untold]);
    untold = new Map();
  };
  return (key) => {
    if (untold.size === 0) clock.after(tellEveryMs, tell);
    // a flood of so many keys is nobody's in particular
    if (untold.size < maxKeys || untold.has(key)) untold.set(key, (untold.get(key) ?? 0) + 1);
  };
}

/** Counts by key. Keys whose bucket is full again are forgotten when there are too many. */
export function createBuckets(options: BucketsOptions): Buckets {
  const { burst, perSecond, clock, shared } = options;
  const buckets = new Map<string, Bucket>();
  const leftNow = ({ left, at }: Bucket, now: number): number =>
    Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
  const forget = (now: number): void => {
    for (const [key, bucket] of buckets) if (leftNow(bucket, now) >= burst) buckets.delete(key);
    if (buckets.size >= maxKeys) buckets.clear();
  };
  const leftOf = (key: string, now: number): number => {
    const known = buckets.get(key);
    if (!known && buckets.size >= maxKeys) forget(now);
    return known ? leftNow(known, now) : burst;
  };
  const tell = tellTaken(options, (key, count) => {
    const at = clock.now();
    // what several let through at once is owed, but never more than a burst
    buckets.set(key, { left: Math.max(-burst, leftOf(key, at) - count), at });
  });
  return {
    take(plain) {
      const key = shared ? digestOf(plain) : plain;
      const at = clock.now();
      const left = leftOf(key, at);
      if (left < 1) return Math.ceil(((1 - left) / perSecond) * 1000);
      buckets.set(key, { left: left - 1, at });
      tell(key);
      return 0;
    },
  };
}
