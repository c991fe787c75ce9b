import { type Capabilities, capabilitiesIn } from '../channel/capabilities.ts';
import type { Received } from '../channel/channel.ts';
import type { InboundMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { addresses, type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations, emptyConversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { cleanText } from '../language/clean.ts';
import { type Attachment, attachments, type Message, messages, plain, quietKinds } from '../message/message.ts';
import { type Source, sources } from '../message/sources.ts';
import type { Insert, Op, Store } from '../store/port.ts';
import { waitingFiles } from './attach.ts';
import type { FlowDeps } from './deps.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Who, whoIs } from './identity.ts';
import { deletesNothing, knownWords } from './known-words.ts';
import { phoneOps } from './phones.ts';
import { conversationIdOf, type Thread } from './thread.ts';

const attempts = 50;

/** A stored message and when its turn is to be decided (ms). */
export interface Taken extends Received {
  turnDueMs: number;
}

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

/** Somebody of whom nothing is known but where they wrote from. */
export const newContact = (
  deps: FlowDeps,
  event: Pick<InboundMessage, 'phone' | 'address'> & Pick<Partial<InboundMessage>, 'language' | 'letter'>,
  at: string,
): Contact => ({
  id: deps.ids.next(),
  version: 1,
  name: null,
  entity: null,
  category: null,
  language: event.language ?? null,
  preferredChannel: null,
  phone: event.phone ?? null,
  email: event.letter ? event.address : null,
  blockedAt: null,
  createdAt: at,
  privacyVersion: deps.content.organisation().organisation.privacy.version,
  joinedTo: null,
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

/** Written by no person, answered elsewhere already, or no words of their own: it opens and reopens nothing. */
const needsNobody = (event: Pick<InboundMessage, 'automated' | 'settled' | 'kind'>): boolean =>
  event.automated !== 'none' || event.settled === true || quietKinds.has(event.kind);

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
  // a letter may come from another address of the same exchange, which belongs to somebody else
  if (found && event.thread) return { conversation: found, isNew: false, ops: [] };
  const who = await whoIs(store, event);
  const channel = deps.channels.get(event.inboxId)?.kind ?? '';
  const known = found?.contactId ?? who.contactId;
  const phones = await phoneOps(store, event, { who, contactId: known, conversation: found });
  if (known) {
    const ops = [...who.ops(known, channel), ...phones];
    const conversation = found ?? newConversation(event, channel, known, at);
    return { conversation, isNew: !found, ops: [...ops, ...backAgain(event, who)] };
  }
  const contact = newContact(deps, event, at);
  const ops: Op[] = [...who.ops(contact.id, channel), ...phones, { op: 'insert', in: contacts, document: contact }];
  return { conversation: newConversation(event, channel, contact.id, at), isNew: true, ops };
}

/** Whoever writes again is written to again; a new "stop" comes to be decided after this. */
const backAgain = (event: InboundMessage, { known }: Who): Op[] =>
  known?.optedOutAt && !needsNobody(event) && event.answerable !== false
    ? [{ op: 'update', in: addresses, id: known.id, set: { optedOutAt: null } }]
    : [];

/** So few letters may be the first line of several. */
const shortLine = 40;

/**
 * Media without words, and a few letters that are no answer to a question, wait a moment for the rest of the turn; where
 * people write in short lines, so does each of those (EX-03).
 */
function turnDelayMs(event: InboundMessage, { dialogue, handledBy }: Conversation, capabilities: Capabilities): number {
  const words = event.text.trim();
  if (event.quickReplyId !== undefined || handledBy !== 'assistant') return 0;
  const fragment = words.length < 4 && dialogue.awaiting === null && dialogue.greetedAt !== null;
  if (words === '' || fragment) return capabilities.turnWindowMs;
  return words.length <= shortLine ? capabilities.burstMs : 0;
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
const kindOf = (event: InboundMessage, files: Message['attachments']): Message['kind'] => {
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
  files: Message['attachments'];
  claims: string | null;
  at: string;
}

/** What is to be known of a public post besides its words. */
const publicFacts = ({ answerable, link }: InboundMessage): Pick<Message, 'answerable' | 'link'> => ({
  ...(answerable === false ? { answerable } : {}),
  ...(link ? { link } : {}),
});

const newMessage = (event: InboundMessage, { name, conversation, files, claims, at }: Stored): Message => ({
  ...plain,
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
  refersTo: event.refersTo ?? null,
  forwarded: event.forwarded ?? false,
  detail: event.detail ?? null,
  location: event.location ?? null,
  cards: event.cards ?? [],
  fields: event.fields ?? [],
  ...publicFacts(event),
  decisionId: null,
  template: null,
  ...(event.raw === undefined ? {} : { raw: event.raw }),
  sentAt: event.sentAt,
  receivedAt: at,
});

/** A list shows what is new in a message: of a letter the new words, under its subject where they are none. */
const previewOf = ({ text, letter, attachments: files }: Message): string =>
  (letter?.newText?.trim() || letter?.subject || text || files.map((one) => one.name).join(', ')).slice(0, 140);

/** Until when the person may be answered in free words: so many hours after what they wrote, by the provider's clock. */
function replyUntil({ replyUntil: before }: Conversation, message: Message, hours: number | null): string | null {
  if (hours === null) return null;
  const at = Math.min(Date.parse(message.sentAt), Date.parse(message.receivedAt));
  const until = iso(at + hours * 3_600_000);
  return before && before > until ? before : until;
}

interface After {
  turnDueAt: string;
  address: string;
  replyWindowHours: number | null;
}

/** The conversation once the message is in: open again where a person wrote, its turn due, the newest words shown. */
const afterMessage = (conversation: Conversation, message: Message, after: After): Conversation => ({
  ...conversation,
  ...(needsNobody(message)
    ? {}
    : {
        status: 'open',
        handledBy: conversation.status === 'closed' ? 'assistant' : conversation.handledBy,
        lastInboundAt: message.receivedAt,
        replyUntil: replyUntil(conversation, message, after.replyWindowHours),
        ...(message.letter ? {} : { address: after.address }),
      }),
  lastSeq: message.seq,
  lastMessageAt: message.receivedAt,
  preview: previewOf(message),
  lastKind: message.kind,
  turnDueAt:
    conversation.turnDueAt && conversation.turnDueAt < after.turnDueAt ? conversation.turnDueAt : after.turnDueAt,
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

/** An edit or a deletion is marked on the message that it speaks of, where that is of the same conversation. */
async function markOps(deps: FlowDeps, event: InboundMessage, { id }: Conversation): Promise<Op[]> {
  const field = event.kind === 'edit' ? 'editedAt' : event.kind === 'deletion' ? 'deletedAt' : null;
  if (!field || !event.refersTo) return [];
  const marked = await deps.store.get(messages, keyed('inbound', event.inboxId, event.refersTo));
  if (marked?.conversationId !== id) return [];
  return [{ op: 'update', in: messages, id: marked.id, set: { [field]: event.sentAt } }];
}

async function tryTake(deps: FlowDeps, event: InboundMessage, thread: Thread): Promise<Taken | null> {
  const channel = deps.channels.get(event.inboxId);
  if (!channel) throw new WaslError('not-found', `There is no inbox "${event.inboxId}".`);
  const named = await nameFor(deps.store, event);
  if ('before' in named) return { ...named.before, turnDueMs: 0 };
  if (await deletesNothing(deps.store, event))
    return { messageId: '', conversationId: '', duplicate: true, turnDueMs: 0 };
  const said = await knownWords(deps.store, event);
  if (said) return { messageId: said.id, conversationId: said.conversationId, duplicate: true, turnDueMs: 0 };
  const nowMs = deps.clock.now();
  const at = iso(nowMs);
  const spot = await place(deps, event, thread.conversationId, at);
  const files = await claimFiles(deps, event);
  const { claims } = thread;
  const { name } = named;
  const waiting = waitingFiles(deps, event, { messageId: name.id, conversationId: spot.conversation.id });
  const carried = [...files, ...waiting.attachments];
  const message = newMessage(event, { name, conversation: spot.conversation, files: carried, claims, at });
  const capabilities = capabilitiesIn(channel.capabilities, event);
  const turnDueMs = nowMs + turnDelayMs(event, spot.conversation, capabilities);
  const { replyWindowHours } = capabilities;
  const now = { turnDueAt: iso(turnDueMs), address: event.address, replyWindowHours };
  const after = afterMessage(spot.conversation, message, now);
  const insert: Insert<Message> = { op: 'insert', in: messages, document: message };
  const kept = [...(await sourceOps(deps, event, message)), ...(await markOps(deps, event, spot.conversation))];
  const unit = [
    ...spot.ops,
    conversationOp(spot.conversation, after, spot.isNew),
    ...fileOps(files, message),
    ...waiting.ops,
    ...kept,
  ];
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
