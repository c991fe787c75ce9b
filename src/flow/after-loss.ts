import { iso } from '../clock.ts';
import { addresses } from '../contact/contact.ts';
import { conversations } from '../conversation/conversation.ts';
import { type Delivery, messages } from '../message/message.ts';
import type { FlowDeps } from './deps.ts';
import { addressIdOf } from './identity.ts';
import { loseNotice } from './notice-loss.ts';
import { losePublicly } from './public-loss.ts';

/**
 * The provider said of a sending that the reply window is closed: it knows better than our reckoning, unless the person has
 * written since.
 */
async function believeClosed(
  { store, clock }: Pick<FlowDeps, 'store' | 'clock'>,
  { conversationId, at }: Pick<Delivery, 'conversationId' | 'at'>,
): Promise<void> {
  const conversation = await store.get(conversations, conversationId);
  const now = iso(clock.now());
  if (!conversation?.replyUntil || conversation.replyUntil <= now || (conversation.lastInboundAt ?? '') > at) return;
  const { id, version: expect } = conversation;
  await store.write([{ op: 'update', in: conversations, id, expect, set: { replyUntil: now } }]);
}

/**
 * The assistant's last words in a chat did not arrive and will not: the person waits for nothing, so people are called.
 * Letters are left out: a mailbox that does not exist is nobody who waits.
 */
async function callPeople(
  { store, clock, channels }: Pick<FlowDeps, 'store' | 'clock' | 'channels'>,
  { conversationId, messageId, inboxId }: Pick<Delivery, 'conversationId' | 'messageId' | 'inboxId'>,
): Promise<void> {
  if (channels.get(inboxId)?.capabilities.form !== 'chat') return;
  const conversation = await store.get(conversations, conversationId);
  if (conversation?.handledBy !== 'assistant' || conversation.status !== 'open') return;
  const where = { conversationId, direction: 'outbound' };
  const query = { index: 'by-conversation', where, order: 'desc', limit: 1 } as const;
  const last = (await store.find(messages, query)).items[0];
  if (last?.id !== messageId || last.author !== 'assistant') return;
  const set = { handledBy: 'nobody', waitingSince: iso(clock.now()) } as const;
  await store.write([{ op: 'update', in: conversations, id: conversationId, expect: conversation.version, set }]);
}

/** The provider says that the person wants to hear nothing: so it is, unless they have written since. */
async function believeOptedOut(
  { store, clock }: Pick<FlowDeps, 'store' | 'clock'>,
  { conversationId, at }: Pick<Delivery, 'conversationId' | 'at'>,
): Promise<void> {
  const conversation = await store.get(conversations, conversationId);
  if (!conversation || (conversation.lastInboundAt ?? '') > at) return;
  const known = await store.get(addresses, addressIdOf(conversation.inboxId, conversation.address));
  if (!known || known.optedOutAt !== null) return;
  const set = { optedOutAt: iso(clock.now()) };
  await store.write([{ op: 'update', in: addresses, id: known.id, when: { optedOutAt: null }, set }]);
}

/** What follows for the conversation, and for what it told of a ticket, when a delivery has failed for good, by whatever way that was learnt. */
export async function afterLoss(
  deps: Pick<FlowDeps, 'store' | 'clock' | 'channels'>,
  delivery: Delivery,
): Promise<void> {
  if (delivery.error?.code === 'window-closed') await believeClosed(deps, delivery);
  if (delivery.error?.code === 'opted-out') await believeOptedOut(deps, delivery);
  await loseNotice(deps, delivery);
  if (!(await losePublicly(deps, delivery))) await callPeople(deps, delivery);
}
