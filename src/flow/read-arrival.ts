import type { ChannelWebhook } from '../channel/webhook.ts';
import { type Clock, iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { type Arrival, arrivals } from '../message/arrival.ts';
import { StoreError } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { isUnreachable } from './outage.ts';
import type { Reading } from './reading.ts';
import { reasonOf } from './reason-of.ts';

/** A kept post, as far as it must be known to be read. */
export type Post = Pick<
  Arrival,
  'id' | 'version' | 'inboxId' | 'body' | 'at' | 'seq' | 'attempts' | 'unclaimed' | 'claimedBy' | 'senders'
>;

/** A post that could not be read as often is put aside for people to look at. */
const mostAttempts = 12;
const retryMs = { first: 1_000, most: 3_600_000 };
/** A post for an inbox that is not open is tried again after its own age, within these bounds. */
const awayMs = { least: 2_000, most: 600_000 };
/** A channel that says nothing for so long lets go of its place. */
const patienceMs = 60_000;
const oddMs = 30 * 86_400_000;

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'log' | 'metrics'>;

/** Waiting behind others of the same people is not the fault of the channel. */
function inTime<T>(clock: Clock, work: Promise<T>, reading: Pick<Reading, 'waiting'>): Promise<T> {
  return new Promise((resolve, reject) => {
    let cancel = (): void => undefined;
    const watch = (): void => {
      const late = () => (reading.waiting > 0 ? watch() : reject(new Error('Reading it took too long.')));
      cancel = clock.after(patienceMs, late);
    };
    watch();
    work.then(resolve, reject).finally(() => cancel());
  });
}

const kindOf = ({ channels }: Deps, { inboxId }: Post): string => channels.get(inboxId)?.kind ?? '';

async function putOff(deps: Deps, post: Post, why: { reason: string; attempts: number; waitMs: number }) {
  const { reason, attempts, waitMs } = why;
  const set = { reason, attempts, dueAt: iso(deps.clock.now() + waitMs) };
  await deps.store.write([{ op: 'update', in: arrivals, id: post.id, when: { state: 'waiting' }, set }]);
  deps.metrics.arrival(kindOf(deps, post), 'put-off');
}

async function putAside(deps: Deps, post: Post, reason: string, attempts: number): Promise<void> {
  const now = deps.clock.now();
  const set: Partial<Arrival> = {
    state: 'odd',
    reason,
    attempts,
    dueAt: null,
    oddAt: iso(now),
    expiresAt: iso(now + oddMs),
    senders: undefined,
  };
  await deps.store.write([{ op: 'update', in: arrivals, id: post.id, when: { state: 'waiting' }, set }]);
  deps.metrics.arrival(kindOf(deps, post), 'odd');
  deps.log.warn({ inboxId: post.inboxId, arrivalId: post.id }, 'a post of the provider is kept to be looked at');
}

/** What breaks the contract of events, or is no data that can be stored, is so every time. */
const isHopeless = (error: unknown): boolean =>
  (error instanceof WaslError && error.code === 'invalid') ||
  (error instanceof StoreError && error.code === 'document-invalid');

async function afterFailure(deps: Deps, post: Post, error: unknown): Promise<void> {
  const { inboxId, id } = post;
  const reason = reasonOf(error);
  // a store that is away is no fault of the post
  if (isUnreachable(error)) return putOff(deps, post, { reason, attempts: post.attempts, waitMs: retryMs.first });
  const attempts = post.attempts + 1;
  deps.log.warn({ inboxId, arrivalId: id, attempts, err: error }, 'a post of the provider could not be read');
  if (isHopeless(error) || attempts >= mostAttempts) await putAside(deps, post, reason, attempts);
  else
    await putOff(deps, post, { reason, attempts, waitMs: Math.min(retryMs.first * 2 ** post.attempts, retryMs.most) });
}

const unread = 'The channel could not read it, or not all of it.';
const unclaimed = 'It was read, and speaks also of an account that no open inbox has.';

async function takeBy(deps: Deps, { take }: ChannelWebhook, post: Post, reading: Reading): Promise<boolean> {
  let outcome: 'taken' | 'odd';
  try {
    outcome = await inTime(deps.clock, (async () => take(post.body))(), reading);
  } catch (error) {
    // it was called off: the next start reads it
    if (reading.isOver()) return false;
    await afterFailure(deps, post, error);
    return false;
  }
  const reason = outcome === 'odd' ? unread : post.unclaimed ? unclaimed : null;
  if (reason !== null) await putAside(deps, post, reason, post.attempts);
  else deps.metrics.arrival(kindOf(deps, post), 'taken');
  return reason === null;
}

/**
 * Hands a kept post to its inbox. True where it was taken and may be removed; else it has been put off (its inbox is not
 * open, or failed), put aside, or called off at the end of its reading. Rejects only where the store does.
 */
export async function readArrival(deps: Deps, post: Post, reading: Reading): Promise<boolean> {
  const webhook = deps.channels.get(post.inboxId)?.webhook;
  if (webhook) return takeBy(deps, webhook, post, reading);
  const age = deps.clock.now() - Date.parse(post.at);
  const waitMs = Math.min(Math.max(age, awayMs.least), awayMs.most);
  await putOff(deps, post, { reason: 'The inbox is not open.', attempts: post.attempts, waitMs });
  return false;
}
