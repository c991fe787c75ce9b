import type { Collection, Document, Store } from '../store/port.ts';
import { type Delivery, deliveries, type Message, messages } from './message.ts';

/** What a provider calls a message or a sending; its ids are its own in each inbox. */
export interface ExternalId {
  inboxId: string;
  externalId: string;
}

async function first<T extends Document>(
  store: Store,
  collection: Collection<T>,
  { inboxId, externalId }: ExternalId,
): Promise<T | null> {
  const where = { inboxId, externalId };
  return (await store.find(collection, { index: 'by-external-id', where, limit: 1 })).items[0] ?? null;
}

export const messageCalled = (store: Store, id: ExternalId): Promise<Message | null> => first(store, messages, id);

export const deliveryCalled = (store: Store, id: ExternalId): Promise<Delivery | null> => first(store, deliveries, id);
