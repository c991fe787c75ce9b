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
/**
 * How many attempts may be made in a window: on one account from one network, and from one network on all accounts. All
 * networks together only slow an account down, so that nobody can lock its holder out.
 */
export const attemptLimits = { pair: 8, network: 40 } as const;
/** So many attempts on one account, from wherever, are answered at once; each further one waits longer, up to the most. */
export const slowing = { after: 20, stepMs: 100, mostMs: 2000 } as const;

/** Who tries to sign in, and from where: a folded address of an account, and a network of `networkOf`. */
export interface Attempt {
  account: string;
  network: string;
}

const pairId = ({ account, network }: Attempt): string => keyed('sign-in', 'pair', account, network);
const networkId = ({ network }: Attempt): string => keyed('sign-in', 'network', network);
const accountId = ({ account }: Attempt): string => keyed('sign-in', 'account', account);

interface Deps {
  store: Store;
  clock: Clock;
}

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

async function count({ store, clock }: Deps, id: string, limit: number): Promise<number> {
  const now = clock.now();
  for (;;) {
    const former = await store.get(signInAttempts, id);
    if (!former || former.expiresAt <= iso(now)) {
      if (await begin(store, id, now, former)) return 1;
      continue;
    }
    if (former.count >= limit) refuse(former.expiresAt, now);
    const counted = await addOne(store, id);
    if (!counted) continue;
    if (counted.count > limit) refuse(counted.expiresAt, now);
    return counted.count;
  }
}

const wait = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

/**
 * Counts an attempt before the password is looked at, so that many at once cannot slip through together. Rejects
 * with `rate-limited`, saying until when, where a limit is reached; then nothing more is written. Resolves later where
 * the account is under attack.
 */
export async function countAttempt(deps: Deps, attempt: Attempt): Promise<void> {
  await count(deps, networkId(attempt), attemptLimits.network);
  await count(deps, pairId(attempt), attemptLimits.pair);
  const onAccount = await count(deps, accountId(attempt), Number.POSITIVE_INFINITY);
  const delayMs = Math.min(slowing.mostMs, (onAccount - slowing.after) * slowing.stepMs);
  if (delayMs > 0) await wait(deps.clock, delayMs);
}

/** Forgets what was counted of a sign-in that was right: all of the account's from there, this one of the network's. */
export async function forgetAttempts(store: Store, attempt: Attempt): Promise<void> {
  await store.write([{ op: 'remove', in: signInAttempts, id: pairId(attempt) }]);
  await store.write([{ op: 'remove', in: signInAttempts, id: accountId(attempt) }]);
  await store.write([{ op: 'update', in: signInAttempts, id: networkId(attempt), add: { count: -1 } }]);
}
