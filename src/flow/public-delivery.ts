import type { SendError } from '../channel/send-error.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { messageCalled } from '../message/by-external-id.ts';
import { type Delivery, deliveries, type Message } from '../message/message.ts';
import type { Store, Update } from '../store/port.ts';

type Refusal = Pick<SendError, 'code' | 'message'>;

/** Told of a public answer whose post was taken back in the meantime. */
export const postDeleted: Refusal = {
  code: 'message-invalid',
  message: 'The post that it answers was deleted by its author: nothing is said to it.',
};

const partMissing: Refusal = {
  code: 'message-invalid',
  message: 'The part before it was not sent: this one would stand alone.',
};

/** Whether the post that it answers was taken back; changed words are taken back with what they changed. */
async function isDeleted(store: Store, { inboxId, refersTo }: Message): Promise<boolean> {
  const called = (externalId: string) => messageCalled(store, { inboxId, externalId });
  const found = refersTo === null ? null : await called(refersTo);
  const original = found?.kind === 'edit' && found.refersTo ? await called(found.refersTo) : found;
  return (original?.deletedAt ?? null) !== null;
}

/** What the part before was called by the provider; `changes` are those of this round that are not kept yet. */
async function idOfPart(
  store: Store,
  delivery: Delivery,
  changes: readonly Update<Delivery>[],
): Promise<string | null> {
  const where = { messageId: delivery.messageId, part: delivery.part - 1 };
  const before = (await store.find(deliveries, { index: 'by-message', where, limit: 1 })).items[0];
  const change = changes.find(({ id }) => id === before?.id)?.set;
  return change?.externalId ?? before?.externalId ?? null;
}

/**
 * What a public sending is a reply to: the post, and each further part the part before it; or why it is not sent. Null in a
 * private conversation.
 */
export async function publicReplyTo(
  store: Store,
  { visibility }: Pick<Conversation, 'visibility'>,
  sending: { delivery: Delivery; message: Message; changes: readonly Update<Delivery>[] },
): Promise<{ quotes: string | null } | { refused: Refusal } | null> {
  const { delivery, message, changes } = sending;
  if (visibility !== 'public') return null;
  if (await isDeleted(store, message)) return { refused: postDeleted };
  if (delivery.part === 0) return { quotes: message.refersTo };
  const quotes = await idOfPart(store, delivery, changes);
  return quotes === null ? { refused: partMissing } : { quotes };
}
