import type { Cost, DeliveryStatus, Receipt } from '../channel/inbound.ts';
import { deliveryStatuses } from '../channel/inbound.ts';
import type { Delivery } from '../message/message.ts';

const rung = (status: DeliveryStatus): number => deliveryStatuses.indexOf(status);
const reached: readonly DeliveryStatus[] = ['delivered', 'read'];

/** The status after a receipt: it only climbs; a failure counts unless the message has already arrived. */
export function climb(now: DeliveryStatus, heard: DeliveryStatus): DeliveryStatus {
  if (heard === 'failed') return reached.includes(now) ? now : 'failed';
  if (now === 'failed') return reached.includes(heard) ? heard : now;
  return rung(heard) > rung(now) ? heard : now;
}

/** What is known of a sending, from whatever side. */
export type Outcome = Pick<Delivery, 'status' | 'error' | 'externalId' | 'cost'>;

const wordsOf = (error: Outcome['error']): string => (error ? `${error.code}\n${error.message}` : '');

/** Of two failures always the same one is told, whichever came first. */
const errorOf = (one: Outcome, other: Outcome): Outcome['error'] => {
  const failures = [one, other].filter(({ status }) => status === 'failed').map(({ error }) => error);
  return failures.sort((a, b) => (wordsOf(a) < wordsOf(b) ? -1 : 1))[0] ?? null;
};

const weigh = (one: Cost, other: Cost): number =>
  one.units - other.units ||
  (one.amount ?? -1) - (other.amount ?? -1) ||
  (one.currency ?? '').localeCompare(other.currency ?? '');

/** Of two words on what it cost the greater one, in either order: the first is often but a guess. */
const dearer = (one: Cost | undefined, other: Cost | undefined): Cost | undefined =>
  one && other ? (weigh(one, other) >= 0 ? one : other) : (one ?? other);

/** Two words on one sending made one. Order and repetition change nothing: the end is the same. */
export function merge(known: Outcome, heard: Outcome): Outcome {
  const status = climb(known.status, heard.status);
  const cost = dearer(known.cost, heard.cost);
  return {
    ...(cost ? { cost } : {}),
    status,
    error: status === 'failed' ? errorOf(known, heard) : null,
    externalId: known.externalId ?? heard.externalId,
  };
}

/** A receipt as what it says of the sending. */
export const outcomeOf = ({ status, code, reason, externalId, cost }: Receipt): Outcome => ({
  ...(cost ? { cost } : {}),
  status,
  error:
    status === 'failed' ? { code: code ?? 'rejected', message: reason ?? 'The provider could not deliver it.' } : null,
  externalId,
});

const louder = (one: Receipt, other: Receipt): Receipt => {
  if (one.status !== other.status) return climb(one.status, other.status) === other.status ? other : one;
  const [a, b] = [wordsOf(outcomeOf(one).error), wordsOf(outcomeOf(other).error)];
  return b < a ? other : one;
};

/** The receipt of two that says more, the same one in either order; what it cost is kept whichever of them tells it. */
export function stronger(one: Receipt, other: Receipt): Receipt {
  const best = louder(one, other);
  const cost = dearer(one.cost, other.cost);
  return !cost || best.cost === cost ? best : { ...best, cost };
}
