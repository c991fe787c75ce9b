import { z } from 'zod';
import { type Clock, iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import type { Collection, Store } from '../store/port.ts';

const attempts = z.object({
  id: z.string(),
  version: z.number().int(),
  count: z.number().int(),
  expiresAt: z.string(),
});
type Attempts = z.infer<typeof attempts>;

/** Attempts to sign in, counted in the store, so that all processes share them and a restart forgives nothing. */
export const signInAttempts: Collection<Attempts> = {
  name: 'signInAttempts',
  schema: attempts,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};

export const windowMs = 15 * 60_000;
/** How many attempts one account, and one network address, may make in a window. */
export const attemptLimits = { account: 8, address: 40 } as const;
export type AttemptSubject = keyof typeof attemptLimits;

const attemptsId = (subject: AttemptSubject, name: string): string => keyed('sign-in', subject, name);

function refuse(until: string, now: number): never {
  const retryAfterMs = Math.max(1000, Date.parse(until) - now);
  const message = `Too many attempts to sign in. This is locked until ${until}; try again then.`;
  throw new WaslError('rate-limited', message, { details: { until, retryAfterMs } });
}

async function begin(store: Store, id: string, now: number, former: Attempts | null): Promise<boolean> {
  const fresh = { count: 1, expiresAt: iso(now + windowMs) };
  const result = await store.write([
    former
      ? { op: 'update', in: signInAttempts, id, expect: former.version, set: fresh }
      : { op: 'insert', in: signInAttempts, document: { id, version: 1, ...fresh } },
  ]);
  return result.ok;
}

async function addOne(store: Store, id: string): Promise<Attempts | null> {
  const result = await store.write([{ op: 'update', in: signInAttempts, id, add: { count: 1 } }]);
  return result.ok ? (result.documents[0] as Attempts) : null;
}

/**
 * Counts an attempt before the password is looked at, so that many at once cannot slip through together. Rejects
 * with `rate-limited`, saying until when, where the limit is reached; then nothing more is written.
 */
export async function countAttempt(
  { store, clock }: { store: Store; clock: Clock },
  subject: AttemptSubject,
  name: string,
): Promise<void> {
  const id = attemptsId(subject, name);
  const now = clock.now();
  for (;;) {
    const former = await store.get(signInAttempts, id);
    if (!former || former.expiresAt <= iso(now)) {
      if (await begin(store, id, now, former)) return;
      continue;
    }
    if (former.count >= attemptLimits[subject]) refuse(former.expiresAt, now);
    const counted = await addOne(store, id);
    if (!counted) continue;
    if (counted.count > attemptLimits[subject]) refuse(counted.expiresAt, now);
    return;
  }
}

/** Forgets what was counted of a sign-in that was right: all of the account's, this one of the network address's. */
export async function forgetAttempts(store: Store, account: string, address: string): Promise<void> {
  await store.write([{ op: 'remove', in: signInAttempts, id: attemptsId('account', account) }]);
  await store.write([{ op: 'update', in: signInAttempts, id: attemptsId('address', address), add: { count: -1 } }]);
}
