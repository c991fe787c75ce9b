import { createHash } from 'node:crypto';

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** A value as text that does not depend on the order of its fields, which no store must keep. */
export const canonical = (value: unknown): string => JSON.stringify(value, sorted);

const modulus = 1n << 256n;

/** How many things there are, and a sum over all of them that does not depend on their order. */
export interface Tally {
  count: number;
  sum: string;
}

/** Adds up SHA-256 of texts modulo 2^256: the sum is the same only for the same texts, each as often. */
export function createTally(): { add(text: string): void; result(): Tally } {
  let count = 0;
  let sum = 0n;
  return {
    add(text) {
      count += 1;
      sum = (sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % modulus;
    },
    result: () => ({ count, sum: sum.toString(16).padStart(64, '0') }),
  };
}
