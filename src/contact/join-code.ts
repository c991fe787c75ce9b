import { createHmac } from 'node:crypto';
import { isSame } from '../agent/secret.ts';
import { asciiDigits } from '../language/digits.ts';
import type { JoinCode } from './joining.ts';

/** How long a code counts, and how long it is remembered to say that it does not count any more, in ms. */
export const codeCountsMs = 10 * 60_000;
export const codeKeptMs = 24 * 3_600_000;
/** How often a code may be told wrong. */
export const codeAttempts = 5;

/** What is kept of a code: it holds for these two contacts only, and tells nothing without the secret. */
export const hashOf = (
  secret: Uint8Array,
  { contactId, otherId }: Pick<JoinCode, 'contactId' | 'otherId'>,
  code: string,
): string => createHmac('sha256', secret).update([contactId, otherId, code].join('\u0000')).digest('base64url');

/** The six digits that stand in a text by themselves, in any digits, also as `123 456`; null where there are none. */
export const codeIn = (text: string): string | null =>
  /(?<![\d+])\d{3}[ -]?\d{3}(?!\d)/.exec(asciiDigits(text))?.[0].replace(/\D/g, '') ?? null;

/** What digits that a person wrote are to an open code: the right ones, wrong ones, or those of a code that is over. */
export type Told = 'right' | 'wrong' | 'over';

/** Reads digits against a code; null where they are none of its concern: it is over, and they are other digits. */
export function readCode(code: JoinCode, digits: string, by: { secret: Uint8Array; nowMs: number }): Told | null {
  const matches = isSame(hashOf(by.secret, code, digits), code.hash);
  const isOver = by.nowMs >= Date.parse(code.createdAt) + codeCountsMs;
  if (isOver) return matches ? 'over' : null;
  if (code.attempts >= codeAttempts) return 'over';
  return matches ? 'right' : 'wrong';
}
