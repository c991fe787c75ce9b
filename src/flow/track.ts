import type { Receipt } from '../channel/inbound.ts';
import { addresses } from '../contact/contact.ts';
import { conversations } from '../conversation/conversation.ts';
import { deliveryCalled } from '../message/by-external-id.ts';
import { type Delivery, deliveries } from '../message/message.ts';
import type { WriteResult } from '../store/port.ts';
import { afterLoss } from './after-loss.ts';
import type { FlowDeps } from './deps.ts';
import { dropEarly, heardEarly, keepEarly } from './early-receipts.ts';
import { addressIdOf } from './identity.ts';
import { countCost, isSameCost } from './notice-cost.ts';
import { regainNotice } from './notice-loss.ts';
import { merge, type Outcome, outcomeOf } from './receipt-order.ts';

const attempts = 20;

const ownDelivery = async ({ store }: FlowDeps, inboxId: string, id: string): Promise<Delivery | null> => {
  const own = await store.get(deliveries, id);
  return own?.inboxId === inboxId ? own : null;
};

/** By our own id where the provider gives it back, by the provider's, or by ours in its place where no sending was needed. */
async function findDelivery(deps: FlowDeps, receipt: Receipt): Promise<Delivery | null> {
  const { inboxId, externalId, deliveryId } = receipt;
  const given = deliveryId === undefined ? null : await ownDelivery(deps, inboxId, deliveryId);
  if (given) return given;
  return (await deliveryCalled(deps.store, receipt)) ?? ownDelivery(deps, inboxId, externalId);
}

/** A receipt that names somebody speaks of that somebody: of the person only if it is the person. */
async function isOfPerson(deps: FlowDeps, { address, inboxId }: Receipt, delivery: Delivery): Promise<boolean> {
  if (address === undefined) return true;
  const conversation = await deps.store.get(conversations, delivery.conversationId);
  if (!conversation || conversation.address === address) return conversation !== null;
  // the same person may be named by another of their ids
  const known = await deps.store.get(addresses, addressIdOf(inboxId, address));
  return known?.contactId === conversation.contactId;
}

const isSame = (one: Outcome, other: Outcome): boolean =>
  one.status === other.status &&
  one.externalId === other.externalId &&
  one.error?.code === other.error?.code &&
  one.error?.message === other.error?.message &&
  isSameCost(one.cost ?? null, other.cost ?? null);

/** Adds a word to what is known of a sending, which is then not ours to send any more. Null: somebody else changed it. */
async function tryHear(
  deps: FlowDeps,
  delivery: Delivery,
  heard: Outcome,
  at?: string,
): Promise<WriteResult | 'known'> {
  const after = merge(delivery, heard);
  // what the provider has not taken yet stays ours to send
  const isOurs = after.status === 'queued' || after.status === 'sending';
  if (isOurs || isSame(after, delivery)) return 'known';
  const moved = at !== undefined && after.status !== delivery.status ? { at } : {};
  const set = { ...after, ...moved, open: false, dueAt: null, claimedBy: null };
  const update = { op: 'update' as const, in: deliveries, id: delivery.id, expect: delivery.version };
  const result = await deps.store.write([{ ...update, set }]);
  if (result.ok || result.reason !== 'duplicate') return result;
  deps.log.error({ deliveryId: delivery.id }, 'the provider gave an external id twice');
  return deps.store.write([{ ...update, set: { ...set, externalId: delivery.externalId } }]);
}

/** Adds what came of a sending to what a receipt has told of it already. */
export async function settle(deps: FlowDeps, deliveryId: string, heard: Outcome): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const delivery = await deps.store.get(deliveries, deliveryId);
    if (!delivery) return;
    const result = await tryHear(deps, delivery, heard);
    if (result === 'known' || result.ok) return;
  }
}

const arrived: readonly Receipt['status'][] = ['delivered', 'read'];
/** Of these nobody expected any more that they arrive: nobody was there to see them, or they had failed. */
const unexpected = ({ status, open }: Delivery): boolean => (status === 'queued' && !open) || status === 'failed';

/** What follows from news of a sending. */
async function follow(deps: FlowDeps, { status, code, cost }: Receipt, delivery: Delivery): Promise<void> {
  if (cost) await countCost(deps, delivery.messageId);
  if (arrived.includes(status) && unexpected(delivery)) await regainNotice(deps, delivery.messageId);
  if (status === 'failed') await afterLoss(deps, { ...delivery, error: { code: code ?? 'rejected', message: '' } });
}

async function hear(deps: FlowDeps, receipt: Receipt): Promise<Delivery | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const delivery = await findDelivery(deps, receipt);
    if (!delivery) return null;
    if (!(await isOfPerson(deps, receipt, delivery))) return delivery;
    const result = await tryHear(deps, delivery, outcomeOf(receipt), receipt.at);
    if (result === 'known' || result.ok) {
      if (result !== 'known') await follow(deps, receipt, delivery);
      return delivery;
    }
  }
  throw new Error(`receipt for ${receipt.externalId}: the delivery kept changing`);
}

/**
 * Takes a receipt: the delivery climbs. Gives the message it speaks of, or null where we know of none: it is kept then,
 * for it may have come before our note of the sending.
 */
export async function track(deps: FlowDeps, receipt: Receipt): Promise<Delivery | null> {
  const known = await hear(deps, receipt);
  if (known) return known;
  await keepEarly(deps, receipt);
  // the note may have been written between looking and keeping
  const late = await hear(deps, receipt);
  if (late) await dropEarly(deps, receipt);
  return late;
}

/** Takes up what the provider said of sendings before their external ids were noted. */
export async function takeEarly(deps: FlowDeps, inboxId: string, externalIds: readonly string[]): Promise<void> {
  for (const receipt of await heardEarly(deps, inboxId, externalIds)) {
    if (await hear(deps, receipt)) await dropEarly(deps, receipt);
  }
}
