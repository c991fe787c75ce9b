import type { Receipt } from '../channel/inbound.ts';
import { type DeliveryStatus, deliveryStatuses } from '../channel/inbound.ts';
import { conversations } from '../conversation/conversation.ts';
import { type Delivery, deliveries } from '../message/message.ts';
import type { FlowDeps } from './deps.ts';

const rung = (status: DeliveryStatus): number => deliveryStatuses.indexOf(status);
const reached: readonly DeliveryStatus[] = ['delivered', 'read'];

/** The status after a receipt: it only climbs; a failure counts unless the message has already arrived. */
export function climb(now: DeliveryStatus, heard: DeliveryStatus): DeliveryStatus {
  if (heard === 'failed') return reached.includes(now) ? now : 'failed';
  if (now === 'failed') return reached.includes(heard) ? heard : now;
  return rung(heard) > rung(now) ? heard : now;
}

/** By the provider's id, or by our own where the provider gives it back or no sending was needed. */
async function findDelivery(deps: FlowDeps, receipt: Receipt): Promise<Delivery | null> {
  const where = { inboxId: receipt.inboxId, externalId: receipt.externalId };
  const found = (await deps.store.find(deliveries, { index: 'by-external-id', where, limit: 1 })).items[0];
  if (found) return found;
  const own = await deps.store.get(deliveries, receipt.externalId);
  return own?.inboxId === receipt.inboxId ? own : null;
}

const changeOf = (receipt: Receipt, delivery: Delivery): Partial<Delivery> => {
  const status = climb(delivery.status, receipt.status);
  const error =
    status === 'failed' ? { code: 'rejected', message: receipt.reason ?? 'The provider could not deliver it.' } : null;
  const externalId = delivery.externalId ?? receipt.externalId;
  return { status, error, externalId, open: false, dueAt: null, claimedBy: null, at: receipt.at };
};

/** A receipt that names somebody speaks of that somebody: of the person only if it is the person. */
async function isOfPerson(deps: FlowDeps, { address }: Receipt, { conversationId }: Delivery): Promise<boolean> {
  if (address === undefined) return true;
  return (await deps.store.get(conversations, conversationId))?.address === address;
}

/** Takes a receipt: the delivery climbs. Gives the message it speaks of, or null where we know of none. */
export async function track(deps: FlowDeps, receipt: Receipt): Promise<Delivery | null> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const delivery = await findDelivery(deps, receipt);
    if (!delivery || climb(delivery.status, receipt.status) === delivery.status) return delivery;
    if (!(await isOfPerson(deps, receipt, delivery))) return delivery;
    const set = changeOf(receipt, delivery);
    const result = await deps.store.write([
      { op: 'update', in: deliveries, id: delivery.id, expect: delivery.version, set },
    ]);
    if (result.ok) return delivery;
  }
  throw new Error(`receipt for ${receipt.externalId}: the delivery kept changing`);
}
