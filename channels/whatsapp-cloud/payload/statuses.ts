import type { DeliveryStatus, Receipt } from '../../../src/channel/inbound.ts';
import { type Meaning, meaningOf } from './codes.ts';
import { event, odd, type Piece, type Reading } from './piece.ts';
import { timeOf } from './time.ts';
import { readable, type WireError, type WireValue, wireError, wireStatus } from './wire.ts';

const rungs = new Map<string, DeliveryStatus>([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'read'],
  ['failed', 'failed'],
]);

/** A sending of several calls gives all but the last a mark after our id (`send.ts`). */
export const partMark = '.part-';

const says = (error: WireError | undefined, meaning: Meaning): string => {
  const known = meaning.code !== 'rejected' || !meaning.says.endsWith('refused the message.');
  const title = known ? '' : (error?.title ?? error?.message ?? '');
  return [meaning.says, title && `(${title.slice(0, 200)})`].filter(Boolean).join(' ');
};

const failure = (errors: readonly unknown[]): { told: Pick<Receipt, 'code' | 'reason'>; trouble: Piece[] } => {
  const all = readable(wireError, errors);
  const [first] = all;
  const meaning = meaningOf({ code: first?.code ?? -1 });
  const trouble = all.flatMap(({ code }): Piece[] => (meaningOf({ code }).alarm ? [{ is: 'trouble', code }] : []));
  return { told: { code: meaning.code, reason: says(first, meaning) }, trouble };
};

function receiptOf(given: unknown, reading: Reading): Piece[] {
  const [found] = readable(wireStatus, [given]);
  const status = rungs.get(found?.status ?? '');
  if (!found || !status) return [odd('unknown-status')];
  const [deliveryId, part] = (found.biz_opaque_callback_data ?? '').split(partMark);
  const externalId = found.id || deliveryId;
  if (!externalId) return [odd('no-id')];
  if (part !== undefined && status !== 'failed') return [{ is: 'told', what: 'part-receipt' }];
  const failed = status === 'failed' ? failure(found.errors) : { told: {}, trouble: [] };
  const receipt = event({
    event: 'receipt',
    inboxId: reading.inboxId,
    externalId,
    ...(deliveryId ? { deliveryId } : {}),
    status,
    at: timeOf(found.timestamp, reading.at),
    ...failed.told,
  });
  return [receipt, ...failed.trouble];
}

/** What became of our sendings. A file that fails, of several, fails all of its message; one that arrives says nothing yet. */
export const statusesOf = (value: WireValue, reading: Reading): Piece[] =>
  (value.statuses ?? []).flatMap((one) => receiptOf(one, reading));
