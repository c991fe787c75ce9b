import { type Receipt, receipt as receiptSchema } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { keyed } from '../ids.ts';
import { type EarlyReceipt, earlyReceipts } from '../message/arrival.ts';
import type { Op } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { stronger } from './receipt-order.ts';

type Deps = Pick<FlowDeps, 'store' | 'clock'>;

/** So long the provider's word waits for our note of the sending that it speaks of. */
const keptForMs = 86_400_000;
const attempts = 20;

export const earlyIdOf = (inboxId: string, externalId: string): string => keyed('early', inboxId, externalId);

/** The op that keeps a receipt; of several for one sending the one that says most. */
function keepOp(known: EarlyReceipt | null, receipt: Receipt, now: number): Op | null {
  const { inboxId, externalId } = receipt;
  const id = earlyIdOf(inboxId, externalId);
  const expiresAt = iso(now + keptForMs);
  if (!known) {
    const document: EarlyReceipt = { id, version: 1, inboxId, externalId, receipt: { ...receipt }, expiresAt };
    return { op: 'insert', in: earlyReceipts, document };
  }
  const before = receiptSchema.parse(known.receipt);
  const best = stronger(before, receipt);
  return best === before
    ? null
    : { op: 'update', in: earlyReceipts, id, expect: known.version, set: { receipt: { ...best }, expiresAt } };
}

/** Keeps the provider's word on a sending that we do not know (yet). */
export async function keepEarly({ store, clock }: Deps, receipt: Receipt): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await store.get(earlyReceipts, earlyIdOf(receipt.inboxId, receipt.externalId));
    const op = keepOp(known, receipt, clock.now());
    if (!op || (await store.write([op])).ok) return;
  }
}

/** What was heard early of sendings of an inbox, by their external ids. */
export async function heardEarly({ store }: Deps, inboxId: string, externalIds: readonly string[]): Promise<Receipt[]> {
  const ids = externalIds.map((externalId) => earlyIdOf(inboxId, externalId));
  const kept = ids.length > 0 ? await store.getMany(earlyReceipts, ids) : [];
  return kept.map(({ receipt }) => receiptSchema.parse(receipt));
}

/** Once it is taken up, it is gone. */
export async function dropEarly({ store }: Deps, { inboxId, externalId }: Receipt): Promise<void> {
  await store.write([{ op: 'remove', in: earlyReceipts, id: earlyIdOf(inboxId, externalId) }]);
}
