import type { Clock } from '../../../src/clock.ts';

/** 2010-11-04T01:42:54.657Z, where the ids of X begin to count. Page "X IDs" of X. */
const epoch = 1_288_834_974_657;
const inOneMs = 4_194_304;

/** Gives ids as X does: 41 bits of milliseconds, then 22 that tell ids of the same millisecond apart. */
export interface Ids {
  /** A string of digits beyond 2^53, growing with time; of another time where `at` is given. */
  next(at?: number): string;
}

export function createIds(clock: Clock): Ids {
  let count = 0;
  return {
    next(at = clock.now()) {
      count = (count + 1) % inOneMs;
      return String((BigInt(Math.max(1, at - epoch)) << 22n) | BigInt(count));
    },
  };
}

/** The millisecond in which an id was given. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + epoch;

/** The smallest id of a millisecond. */
export const firstIdAt = (ms: number): string => String(BigInt(Math.max(0, ms - epoch)) << 22n);

/** Negative where `a` is older. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** The newer of the two. */
export const isAfter = (id: string, other: string): boolean => compareIds(id, other) > 0;
