import type { Received } from '../channel/channel.ts';
import type { InboundMessage, OwnMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations, emptyConversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { cleanText } from '../language/clean.ts';
import { deliveryCalled } from '../message/by-external-id.ts';
import { type Delivery, deliveries, type Message, messages, plain } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import { waitingFiles } from './attach.ts';
import type { FlowDeps } from './deps.ts';
import { type Who, whoIs } from './identity.ts';
import { answeredPublicly } from './public-reply.ts';
import { newContact } from './receive.ts';
import { conversationIdOf } from './thread.ts';

const attempts = 50;

/** Whether it stands where everybody reads it: it says so, or the conversation of its key is public. */
export async function isPublic(
  { store }: Pick<FlowDeps, 'store'>,
  event: Pick<InboundMessage, 'inboxId' | 'conversationKey'> & Pick<OwnMessage, 'visibility'>,
): Promise<boolean> {
  if (event.visibility !== undefined) return event.visibility === 'public';
  const found = await store.get(conversations, conversationIdOf(event.inboxId, event.conversationKey));
  return found?.visibility === 'public';
}

/** Where it belongs, and what must be made first: somebody of ours may be the first to write. */
async function placeOf(deps: FlowDeps, event: OwnMessage, who: Who, at: string) {
  const id = conversationIdOf(event.inboxId, event.conversationKey);
  const channel = deps.channels.get(event.inboxId)?.kind ?? '';
  const found = await deps.store.get(conversations, id);
  const known = found?.contactId ?? who.contactId;
  const contact: Contact | null = known ? null : newContact(deps, event, at);
  const contactId = known ?? contact?.id ?? '';
  const ops: Op[] = contact ? [{ op: 'insert', in: contacts, document: contact }] : [];
  const { inboxId, address, conversationKey: key } = event;
  const { visibility = 'private' } = event;
  const conversation = found ?? emptyConversation(at, { id, channel, inboxId, contactId, address, key, visibility });
  return { conversation, isNew: !found, ops: [...ops, ...who.ops(contactId, channel)] };
}

const messageOf = (event: OwnMessage, conversation: Conversation, facts: { id: string; at: string }): Message => ({
  ...plain,
  id: facts.id,
  version: 1,
  conversationId: conversation.id,
  contactId: conversation.contactId,
  inboxId: event.inboxId,
  seq: conversation.lastSeq + 1,
  ticketNumber: conversation.openTicket,
  direction: 'outbound',
  author: 'agent',
  agentId: null,
  kind: event.kind,
  text: cleanText(event.text),
  html: null,
  language: null,
  attachments: [],
  quickReplies: [],
  quickReplyId: null,
  externalId: event.externalId,
  automated: 'none',
  refersTo: event.refersTo ?? null,
  location: event.location ?? null,
  cards: event.cards ?? [],
  decisionId: null,
  template: null,
  ...(event.raw === undefined ? {} : { raw: event.raw }),
  sentAt: event.sentAt,
  receivedAt: facts.at,
});

/** It has been sent already: the sending is there for receipts to climb. */
const sentOf = (message: Message): Delivery => ({
  id: keyed('delivery', message.id, 0),
  version: 1,
  messageId: message.id,
  conversationId: message.conversationId,
  inboxId: message.inboxId,
  seq: message.seq,
  part: 0,
  text: message.text,
  status: 'sent',
  externalId: message.externalId,
  open: false,
  attempts: 1,
  dueAt: null,
  claimedBy: null,
  error: null,
  at: message.sentAt,
});

/** As after an agent's reply: a person has the conversation, and nothing waits for the assistant. */
const after = (conversation: Conversation, message: Message): Conversation => ({
  ...answeredPublicly(conversation, message.receivedAt),
  status: 'open',
  handledBy: 'agent',
  waitingSince: null,
  turnDueAt: null,
  lastSeq: message.seq,
  decidedSeq: message.seq,
  lastMessageAt: message.receivedAt,
  preview: message.text.slice(0, 140),
  lastKind: message.kind,
});

async function tryTake(deps: FlowDeps, event: OwnMessage): Promise<Received | null> {
  const { store } = deps;
  const id = keyed('own', event.inboxId, event.externalId);
  const known = await store.get(messages, id);
  if (known) return { messageId: id, conversationId: known.conversationId, duplicate: true };
  const ours = await deliveryCalled(store, event);
  if (ours) return { messageId: ours.messageId, conversationId: ours.conversationId, duplicate: true };
  const at = iso(deps.clock.now());
  const place = await placeOf(deps, event, await whoIs(store, event), at);
  const { attachments, ops } = waitingFiles(deps, event, { messageId: id, conversationId: place.conversation.id });
  const message = { ...messageOf(event, place.conversation, { id, at }), attachments };
  const changed = after(place.conversation, message);
  const { id: conversationId, version, ...set } = changed;
  const conversationOp: Op = place.isNew
    ? { op: 'insert', in: conversations, document: changed }
    : { op: 'update', in: conversations, id: conversationId, expect: version, set };
  const insert: Op[] = [
    { op: 'insert', in: messages, document: message },
    { op: 'insert', in: deliveries, document: sentOf(message) },
  ];
  const { ok } = await store.write([...place.ops, conversationOp, ...ops, ...insert]);
  return ok ? { messageId: id, conversationId, duplicate: false } : null;
}

/**
 * Keeps what somebody of ours wrote from the account's own program, once. What Wasl sent itself is known by its external
 * id and changes nothing.
 */
export async function takeOwn(deps: FlowDeps, event: OwnMessage): Promise<Received> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const taken = await tryTake(deps, event);
    if (taken) return taken;
  }
  throw new WaslError('unavailable', 'The conversation is too busy right now; send it again.');
}
