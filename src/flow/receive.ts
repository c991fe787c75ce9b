import type { Capabilities } from '../channel/capabilities.ts';
import type { Received } from '../channel/channel.ts';
import type { InboundMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { type Address, addresses, type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations, freshDialogue } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { cleanText } from '../language/clean.ts';
import { type Attachment, attachments, type Message, messages } from '../message/message.ts';
import type { Insert, Op, Store } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';

const attempts = 50;

/** A stored message and when its turn is to be decided (ms). */
export interface Taken extends Received {
  turnDueMs: number;
}

export const conversationIdOf = (inboxId: string, key: string): string => keyed('conversation', inboxId, key);
export const addressIdOf = (inboxId: string, address: string): string => keyed('address', inboxId, address);

const messageIdOf = (event: InboundMessage): string => keyed('inbound', event.inboxId, event.externalId);

const storedBefore = async (store: Store, event: InboundMessage): Promise<Received | null> => {
  const found = await store.get(messages, messageIdOf(event));
  return found ? { messageId: found.id, conversationId: found.conversationId, duplicate: true } : null;
};

const newContact = (deps: FlowDeps, event: InboundMessage, at: string): Contact => ({
  id: deps.ids.next(),
  version: 1,
  name: null,
  entity: null,
  category: null,
  language: event.language ?? null,
  preferredChannel: null,
  phone: null,
  email: null,
  blockedAt: null,
  createdAt: at,
  privacyVersion: deps.content.organisation().organisation.privacy.version,
});

const newAddress = (event: InboundMessage, channel: string, contactId: string): Address => ({
  id: addressIdOf(event.inboxId, event.address),
  version: 1,
  contactId,
  inboxId: event.inboxId,
  channel,
  address: event.address,
  displayName: event.displayName ?? null,
});

const newConversation = (event: InboundMessage, channel: string, contactId: string, at: string): Conversation => ({
  id: conversationIdOf(event.inboxId, event.conversationKey),
  version: 1,
  channel,
  inboxId: event.inboxId,
  visibility: event.visibility,
  contactId,
  address: event.address,
  key: event.conversationKey,
  status: 'open',
  handledBy: 'assistant',
  assigneeId: null,
  language: event.language ?? null,
  lastMessageAt: at,
  lastInboundAt: at,
  preview: '',
  lastSeq: 0,
  decidedSeq: 0,
  turnDueAt: at,
  waitingSince: null,
  ticketNumbers: [],
  openTicket: null,
  dialogue: freshDialogue,
  createdAt: at,
});

interface Place {
  contactId: string;
  conversation: Conversation;
  isNew: boolean;
  /** Inserts for what did not exist yet. */
  ops: Op[];
}

/** The contact and the conversation of an event, found or to be made. */
async function place(deps: FlowDeps, event: InboundMessage, channel: string, at: string): Promise<Place> {
  const { store } = deps;
  const known = await store.get(addresses, addressIdOf(event.inboxId, event.address));
  const ops: Op[] = [];
  let contactId = known?.contactId;
  if (!contactId) {
    const contact = newContact(deps, event, at);
    contactId = contact.id;
    ops.push({ op: 'insert', in: addresses, document: newAddress(event, channel, contactId) });
    ops.push({ op: 'insert', in: contacts, document: contact });
  }
  const found = await store.get(conversations, conversationIdOf(event.inboxId, event.conversationKey));
  const conversation = found ?? newConversation(event, channel, contactId, at);
  return { contactId, conversation, isNew: found === null, ops };
}

/** Media without words, and a few letters that are no answer to a question, wait a moment for the rest of the turn (EX-03). */
function turnDelayMs(event: InboundMessage, { dialogue, handledBy }: Conversation, capabilities: Capabilities): number {
  const words = event.text.trim();
  const fragment = words.length < 4 && dialogue.awaiting === null && dialogue.greetedAt !== null;
  const alone = event.quickReplyId !== undefined || handledBy !== 'assistant' || (words !== '' && !fragment);
  return alone ? 0 : capabilities.turnWindowMs;
}

/** The files that a message carries: each belongs to this sender and to no message yet. */
async function claimFiles(deps: FlowDeps, event: InboundMessage): Promise<Attachment[]> {
  const ids = [...new Set(event.attachments.flatMap((one) => one.attachmentId ?? []))];
  const files = ids.length > 0 ? await deps.store.getMany(attachments, ids) : [];
  const mine = files.filter(
    (file) => file.address === event.address && file.inboxId === event.inboxId && !file.messageId,
  );
  if (mine.length !== ids.length)
    throw new WaslError(
      'invalid',
      'attachmentIds: a file is not there, not yours, or was sent before: upload it again.',
    );
  return mine;
}

/** A file without words is what its type says. */
const kindOf = (event: InboundMessage, files: Attachment[]): Message['kind'] => {
  const type = files[0]?.type.split('/')[0];
  if (event.kind !== 'text' || event.text.trim() !== '' || !type) return event.kind;
  return type === 'image' || type === 'audio' || type === 'video' ? type : 'file';
};

const newMessage = (event: InboundMessage, conversation: Conversation, files: Attachment[], at: string): Message => ({
  id: messageIdOf(event),
  version: 1,
  conversationId: conversation.id,
  contactId: conversation.contactId,
  inboxId: event.inboxId,
  seq: conversation.lastSeq + 1,
  ticketNumber: null,
  direction: 'inbound',
  author: 'contact',
  agentId: null,
  kind: kindOf(event, files),
  text: cleanText(event.text),
  html: event.html ?? null,
  language: event.language ?? null,
  attachments: files.map(({ id, name, type, bytes }) => ({ id, name, type, bytes })),
  quickReplies: [],
  quickReplyId: event.quickReplyId ?? null,
  externalId: event.externalId,
  automated: event.automated,
  decisionId: null,
  template: null,
  ...(event.raw === undefined ? {} : { raw: event.raw }),
  sentAt: event.sentAt,
  receivedAt: at,
});

/** The conversation once the message is in: open again, its turn due, the newest words shown. */
const afterMessage = (conversation: Conversation, message: Message, turnDueAt: string): Conversation => ({
  ...conversation,
  status: 'open',
  handledBy: conversation.status === 'closed' ? 'assistant' : conversation.handledBy,
  lastSeq: message.seq,
  lastMessageAt: message.receivedAt,
  lastInboundAt: message.receivedAt,
  preview: (message.text || message.attachments.map((one) => one.name).join(', ')).slice(0, 140),
  turnDueAt: conversation.turnDueAt && conversation.turnDueAt < turnDueAt ? conversation.turnDueAt : turnDueAt,
});

const conversationOp = (before: Conversation, after: Conversation, isNew: boolean): Op => {
  if (isNew) return { op: 'insert', in: conversations, document: after };
  const { id, version, ...set } = after;
  return { op: 'update', in: conversations, id: before.id, expect: before.version, set };
};

const fileOps = (files: Attachment[], message: Message): Op[] =>
  files.map((file) => ({
    op: 'update',
    in: attachments,
    id: file.id,
    when: { messageId: null },
    set: { messageId: message.id, conversationId: message.conversationId, expiresAt: null },
  }));

async function tryTake(deps: FlowDeps, event: InboundMessage): Promise<Taken | null> {
  const channel = deps.channels.get(event.inboxId);
  if (!channel) throw new WaslError('not-found', `There is no inbox "${event.inboxId}".`);
  const before = await storedBefore(deps.store, event);
  if (before) return { ...before, turnDueMs: 0 };
  const nowMs = deps.clock.now();
  const at = iso(nowMs);
  const spot = await place(deps, event, channel.kind, at);
  const files = await claimFiles(deps, event);
  const message = newMessage(event, spot.conversation, files, at);
  const turnDueMs = nowMs + turnDelayMs(event, spot.conversation, channel.capabilities);
  const after = afterMessage(spot.conversation, message, iso(turnDueMs));
  const insert: Insert<Message> = { op: 'insert', in: messages, document: message };
  const unit = [...spot.ops, conversationOp(spot.conversation, after, spot.isNew), ...fileOps(files, message), insert];
  const result = await deps.store.write(unit);
  if (!result.ok) return null;
  deps.metrics.received(channel.kind);
  return { messageId: message.id, conversationId: message.conversationId, duplicate: false, turnDueMs };
}

/**
 * Stores an inbound message exactly once; durable when it resolves. A competing write (the same message twice, a second
 * message at the same moment) makes the unit fail as a whole, and it is tried again on what is there then.
 */
export async function takeMessage(deps: FlowDeps, event: InboundMessage): Promise<Taken> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const taken = await tryTake(deps, event);
    if (taken) return taken;
  }
  throw new WaslError('unavailable', 'The conversation is too busy right now; send it again.');
}
