import { randomInt, timingSafeEqual } from 'node:crypto';

/** Six digits that nobody can guess. */
export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** Whether two hashes are the same, told in the same time whatever they are. */
export const isSameHash = (given: string, kept: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(kept)];
  return one.length === other.length && timingSafeEqual(one, other);
};
