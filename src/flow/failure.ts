import type { SendError } from '../channel/send-error.ts';
import { iso } from '../clock.ts';
import type { Delivery } from '../message/message.ts';

export const maxAttempts = 12;

/** What a delivery becomes. */
export type Change = Partial<Omit<Delivery, 'id' | 'version'>>;

/** Up to a fifth more, taken from the delivery's id, so that it is the same again. */
const jitter = (id: string): number => 1 + (id.charCodeAt(0) % 10) / 50;

/** 2 s, 4 s, 8 s … at most 15 min, with jitter. */
export const backOffMs = (attempts: number, id: string): number =>
  Math.round(Math.min(2_000 * 2 ** (attempts - 1), 900_000) * jitter(id));

/** After a refusal for going too fast: 4 s, 16 s, 64 s, 256 s, then 5 min, with jitter. */
export const throttleMs = (attempts: number, id: string): number =>
  Math.round(Math.min(1_000 * 4 ** attempts, 300_000) * jitter(id));

/** A delivery that will not be sent (any more): kept as a dead letter, for people to see. */
export const dead = (delivery: Delivery, error: Pick<SendError, 'code' | 'message'>): Change => ({
  status: 'failed',
  open: false,
  dueAt: null,
  claimedBy: null,
  attempts: delivery.attempts + 1,
  error: { code: error.code, message: error.message },
});

/** A server that is down says nothing of the message: so long it is tried again, in ms (RFC 5321 4.5.4.1 asks for days). */
const unreachableForMs = 3 * 86_400_000;

const isGivenUp = ({ attempts, at }: Delivery, error: SendError, now: number): boolean => {
  if (!error.retryable) return true;
  return error.code === 'unreachable' ? now - Date.parse(at) > unreachableForMs : attempts + 1 >= maxAttempts;
};

/** What a failed sending becomes: kept outside the lane until the person is back, tried again later, or given up and kept as a dead letter. */
export function afterFailure(delivery: Delivery, error: SendError, now: number): Change {
  if (error.code === 'recipient-away') return { status: 'queued', open: false, dueAt: null, claimedBy: null };
  if (isGivenUp(delivery, error, now)) return dead(delivery, error);
  const attempts = delivery.attempts + 1;
  const own = (error.code === 'throttled' ? throttleMs : backOffMs)(attempts, delivery.id);
  const kept = { code: error.code, message: error.message };
  const dueAt = iso(now + Math.max(error.retryAfterMs ?? 0, own));
  return { status: 'queued', attempts, dueAt, claimedBy: null, error: kept };
}

const dayIsFull = 'Today no more people may be written to first from this inbox: it goes on the next working day.';

/** A delivery that must wait for another day, without any fault of its own. */
export const postponed = (until: number): Change => ({
  status: 'queued',
  dueAt: iso(until),
  claimedBy: null,
  error: { code: 'throttled', message: dayIsFull },
});

/** It waits for another day: unless the person writes first, for then it is an answer. */
export const isPostponed = ({ error }: Delivery): boolean => error?.message === dayIsFull;
