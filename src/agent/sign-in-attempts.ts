import type { Clock } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { attemptsNamed, countOne } from '../limit/attempts.ts';
import type { Store } from '../store/port.ts';

/** Attempts to sign in. */
export const signInAttempts = attemptsNamed('signInAttempts');

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

async function count(deps: Deps, id: string, limit: number): Promise<number> {
  const counted = await countOne(deps, { in: signInAttempts, id, limit, windowMs });
  return 'count' in counted ? counted.count : refuse(counted.until, deps.clock.now());
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
