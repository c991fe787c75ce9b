import type { Capabilities } from '../channel/capabilities.ts';
import type { Received } from '../channel/channel.ts';
import type { InboundMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { type Address, addresses, type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations, emptyConversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { cleanText } from '../language/clean.ts';
import { type Attachment, attachments, type Message, messages } from '../message/message.ts';
import { type Source, sources } from '../message/sources.ts';
import type { Insert, Op, Store } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { fingerprintOf } from './fingerprint.ts';
import { conversationIdOf, type Thread } from './thread.ts';

const attempts = 50;

/** A stored message and when its turn is to be decided (ms). */
export interface Taken extends Received {
  turnDueMs: number;
}

export const addressIdOf = (inboxId: string, address: string): string => keyed('address', inboxId, address);

/** Under which id and external id a message is kept. */
interface Name {
  id: string;
  externalId: string;
}

/**
 * The names that a message may have: by its external id, and where another message of other content has that one
 * (mail programs that give one Message-ID twice), by its content as well.
 */
const namesOf = ({ inboxId, externalId, digest }: InboundMessage): Name[] => {
  const own = { id: keyed('inbound', inboxId, externalId), externalId };
  if (!digest) return [own];
  const apart = `${externalId}#${digest.slice(0, 12)}`;
  return [own, { id: keyed('inbound', inboxId, apart), externalId: apart }];
};

/** The name for a message that is new, or what it was stored as before. */
async function nameFor(store: Store, event: InboundMessage): Promise<{ name: Name } | { before: Received }> {
  const names = namesOf(event);
  for (const name of names) {
    const found = await store.get(messages, name.id);
    if (!found) return { name };
    if (found.digest === (event.digest ?? null))
      return { before: { messageId: found.id, conversationId: found.conversationId, duplicate: true } };
  }
  throw new WaslError('invalid', `externalId: ${names.length} other messages have it.`);
}

const newContact = (deps: FlowDeps, event: InboundMessage, at: string): Contact => ({
  id: deps.ids.next(),
  version: 1,
  name: null,
  entity: null,
  category: null,
  language: event.language ?? null,
  preferredChannel: null,
  phone: null,
  email: event.letter ? event.address : null,
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

const newConversation = (event: InboundMessage, channel: string, contactId: string, at: string): Conversation =>
  emptyConversation(at, {
    id: conversationIdOf(event.inboxId, event.conversationKey),
    channel,
    inboxId: event.inboxId,
    visibility: event.visibility,
    contactId,
    address: event.address,
    key: event.conversationKey,
    status: needsNobody(event) ? 'closed' : 'open',
    language: event.language ?? null,
    lastInboundAt: at,
    subject: event.letter?.subject ?? null,
    topic: event.thread?.topic ?? null,
    turnDueAt: at,
  });

/** Written by no person, or answered elsewhere already: it opens and reopens nothing. */
const needsNobody = (event: Pick<InboundMessage, 'automated' | 'settled'>): boolean =>
  event.automated !== 'none' || event.settled === true;

interface Place {
  conversation: Conversation;
  isNew: boolean;
  /** Inserts for what did not exist yet. */
  ops: Op[];
}

/** The contact and the conversation of an event, found or to be made. */
async function place(deps: FlowDeps, event: InboundMessage, conversationId: string, at: string): Promise<Place> {
  const { store } = deps;
  const found = await store.get(conversations, conversationId);
  if (found) return { conversation: found, isNew: false, ops: [] };
  const channel = deps.channels.get(event.inboxId)?.kind ?? '';
  const known = await store.get(addresses, addressIdOf(event.inboxId, event.address));
  if (known) return { conversation: newConversation(event, channel, known.contactId, at), isNew: true, ops: [] };
  const contact = newContact(deps, event, at);
  const ops: Op[] = [
    { op: 'insert', in: addresses, document: newAddress(event, channel, contact.id) },
    { op: 'insert', in: contacts, document: contact },
  ];
  return { conversation: newConversation(event, channel, contact.id, at), isNew: true, ops };
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

/** The letter's own part of a message. */
const letterOf = ({ letter, thread }: InboundMessage): Message['letter'] =>
  letter
    ? {
        subject: cleanText(letter.subject),
        from: letter.from,
        to: letter.to,
        cc: letter.cc,
        newText: cleanText(letter.newText),
        problem: letter.problem,
        isReply: thread?.isReply ?? false,
        inReplyTo: thread?.references[0] ?? null,
        references: [...(thread?.references ?? [])].reverse(),
      }
    : null;

interface Stored {
  name: Name;
  conversation: Conversation;
  files: Attachment[];
  claims: string | null;
  at: string;
}

const newMessage = (event: InboundMessage, { name, conversation, files, claims, at }: Stored): Message => ({
  id: name.id,
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
  externalId: name.externalId,
  digest: event.digest ?? null,
  letter: letterOf(event),
  automated: event.automated,
  automatedWhy: event.automatedWhy ?? null,
  settled: event.settled ?? false,
  fingerprint: event.automated === 'none' ? fingerprintOf(event) : null,
  claims,
  hasSource: event.source !== undefined,
  decisionId: null,
  template: null,
  ...(event.raw === undefined ? {} : { raw: event.raw }),
  sentAt: event.sentAt,
  receivedAt: at,
});

/** A list shows what is new in a message: of a letter the new words, under its subject where they are none. */
const previewOf = ({ text, letter, attachments: files }: Message): string =>
  (letter?.newText?.trim() || letter?.subject || text || files.map((one) => one.name).join(', ')).slice(0, 140);

/** The conversation once the message is in: open again where a person wrote, its turn due, the newest words shown. */
const afterMessage = (conversation: Conversation, message: Message, turnDueAt: string): Conversation => ({
  ...conversation,
  ...(needsNobody(message)
    ? {}
    : {
        status: 'open',
        handledBy: conversation.status === 'closed' ? 'assistant' : conversation.handledBy,
        lastInboundAt: message.receivedAt,
      }),
  lastSeq: message.seq,
  lastMessageAt: message.receivedAt,
  preview: previewOf(message),
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

/** Beyond this a source is a blob of its own rather than part of the store's rows, in bytes. */
const largeSource = 48 * 1024;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The message as it came, kept beside it for its time. */
async function sourceOps(deps: FlowDeps, event: InboundMessage, message: Message): Promise<Op[]> {
  if (!event.source) return [];
  const { gzip, keepDays } = event.source;
  const isLarge = gzip.byteLength > largeSource;
  const blobId = isLarge ? deps.ids.next() : null;
  if (blobId) await deps.store.blobs.put(blobId, once(gzip), gzip.byteLength);
  const expiresAt = iso(Date.parse(message.receivedAt) + keepDays * 86_400_000);
  const held = { gzip: isLarge ? null : Buffer.from(gzip).toString('base64'), blobId };
  const document: Source = { id: message.id, version: 1, ...held, createdAt: message.receivedAt, expiresAt };
  return [{ op: 'insert', in: sources, document, onDuplicate: 'keep' }];
}

async function tryTake(deps: FlowDeps, event: InboundMessage, thread: Thread): Promise<Taken | null> {
  const channel = deps.channels.get(event.inboxId);
  if (!channel) throw new WaslError('not-found', `There is no inbox "${event.inboxId}".`);
  const named = await nameFor(deps.store, event);
  if ('before' in named) return { ...named.before, turnDueMs: 0 };
  const nowMs = deps.clock.now();
  const at = iso(nowMs);
  const spot = await place(deps, event, thread.conversationId, at);
  const files = await claimFiles(deps, event);
  const { claims } = thread;
  const message = newMessage(event, { name: named.name, conversation: spot.conversation, files, claims, at });
  const turnDueMs = nowMs + turnDelayMs(event, spot.conversation, channel.capabilities);
  const after = afterMessage(spot.conversation, message, iso(turnDueMs));
  const insert: Insert<Message> = { op: 'insert', in: messages, document: message };
  const kept = await sourceOps(deps, event, message);
  const unit = [...spot.ops, conversationOp(spot.conversation, after, spot.isNew), ...fileOps(files, message), ...kept];
  const result = await deps.store.write([...unit, insert]);
  if (!result.ok) return null;
  deps.metrics.received(channel.kind);
  return { messageId: message.id, conversationId: message.conversationId, duplicate: false, turnDueMs };
}

/**
 * Stores an inbound message exactly once in the given conversation (`threadOf`); durable when it resolves. A competing
 * write (the same message twice, a second message at the same moment) makes the unit fail as a whole, and it is tried
 * again on what is there then.
 */
export async function takeMessage(deps: FlowDeps, event: InboundMessage, thread: Thread): Promise<Taken> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const taken = await tryTake(deps, event, thread);
    if (taken) return taken;
  }
  throw new WaslError('unavailable', 'The conversation is too busy right now; send it again.');
}
