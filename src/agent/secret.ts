import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of a random token, so that a stolen store opens no door. Tokens are 256 bits, so no salt is needed. */
export const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Compares two secrets without telling by time how much of them agrees. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
}
