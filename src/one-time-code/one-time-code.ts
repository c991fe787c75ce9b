import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { isSame } from '../agent/secret.ts';
import { attemptsNamed } from '../limit/attempts.ts';
import type { Collection } from '../store/port.ts';

const oneTimeCode = z.object({
  /** Made of purpose and number, which are not kept themselves. */
  id: z.string(),
  version: z.number().int(),
  /** Of the digits with a secret of this installation; the digits are kept nowhere. */
  hash: z.string(),
  attempts: z.number().int(),
  /** How long it counts. */
  countsUntil: z.string(),
  /** When it was told right; it counts once. */
  usedAt: z.string().nullable(),
  /** When it is removed; until then it is known that it does not count any more. */
  expiresAt: z.string(),
});
/** A code on its way to a phone; a new one for the same purpose and number takes its place. */
export type OneTimeCode = z.infer<typeof oneTimeCode>;

export const oneTimeCodes: Collection<OneTimeCode> = {
  name: 'oneTimeCodes',
  schema: oneTimeCode,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};

/** How often codes were asked for and told, by number and by network. */
export const codeAttempts = attemptsNamed('codeAttempts');

/** How long a code counts, and how long it is remembered that it did, in ms. */
export const countsMs = 5 * 60_000;
export const keptMs = 24 * 3_600_000;
/** How often a code may be told wrong. */
export const mostWrong = 5;

/** A name for something that must not be kept itself. */
export const veiled = (secret: Uint8Array, ...parts: readonly string[]): string =>
  createHmac('sha256', secret).update(parts.join('\u0000')).digest('base64url');

/** What digits are to a code: `over` where it is used, too old, told wrong too often, or where there is none. */
export type Told = 'right' | 'wrong' | 'over';

/** Reads a code that was told, by its hash. Pure; `now` is ISO. */
export function readTold(code: OneTimeCode | null, hash: string, now: string): Told {
  if (!code || code.usedAt !== null || now >= code.countsUntil || code.attempts >= mostWrong) return 'over';
  return isSame(hash, code.hash) ? 'right' : 'wrong';
}
