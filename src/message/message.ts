import { z } from 'zod';
import { card, cost, deliveryStatus, filledField, letterAddress, messageKind, place } from '../channel/inbound.ts';
import type { Collection } from '../store/port.ts';

export const quickReply = z.object({ id: z.string().max(200), title: z.string() });

export const attachmentRef = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.number().int(),
});

/** What a letter has besides its words. Inbound and outbound ones share it; each fills its own part. */
export const messageLetter = z.object({
  subject: z.string(),
  from: letterAddress.nullable(),
  to: z.array(letterAddress),
  cc: z.array(letterAddress),
  /** What the person wrote now, without quoted text and signature; null for ours. */
  newText: z.string().nullable(),
  /** Why it could not be read whole. */
  problem: z.enum(['partly', 'unreadable', 'too-large']).nullable(),
  isReply: z.boolean(),
  /** External id of the message that it answers. */
  inReplyTo: z.string().nullable(),
  /** External ids of the exchange before it, the oldest first. */
  references: z.array(z.string()),
});
export type MessageLetter = z.infer<typeof messageLetter>;

/** An approved template of the provider with what fills it. */
export const approvedWords = z.object({
  name: z.string(),
  language: z.string(),
  parameters: z.array(z.object({ part: z.enum(['header', 'body', 'button']), name: z.string(), value: z.string() })),
});

export const message = z.object({
  id: z.string(),
  version: z.number().int(),
  conversationId: z.string(),
  contactId: z.string(),
  inboxId: z.string(),
  /** Place within the conversation, from 1. */
  seq: z.number().int().positive(),
  ticketNumber: z.string().nullable(),
  direction: z.enum(['inbound', 'outbound']),
  author: z.enum(['contact', 'assistant', 'agent', 'system']),
  agentId: z.string().nullable(),
  kind: messageKind,
  text: z.string(),
  html: z.string().nullable(),
  language: z.enum(['ar', 'en']).nullable(),
  attachments: z.array(attachmentRef),
  quickReplies: z.array(quickReply),
  quickReplyId: z.string().nullable(),
  externalId: z.string(),
  /** Tells apart two messages that came under one external id. */
  digest: z.string().nullable(),
  letter: messageLetter.nullable(),
  automated: z.enum(['none', 'auto-reply', 'bulk', 'bounce']),
  /** Why it is taken for automatic, for people to read. */
  automatedWhy: z.string().nullable(),
  /** Was answered elsewhere before it came here. */
  settled: z.boolean(),
  /** External id of the message that it quotes, reacts to, edits or deletes. */
  refersTo: z.string().nullable(),
  forwarded: z.boolean(),
  /** What sort of notice or unsupported thing it is. */
  detail: z.string().nullable(),
  location: place.nullable(),
  cards: z.array(card),
  fields: z.array(filledField),
  /** When its sender changed or took back its words; they stay as they came, the new ones are a message of their own. */
  editedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
  /** The approved template that is sent in its place. */
  approved: approvedWords.nullable(),
  /** The same for letters of the same words: tells two robots that answer each other (lessons 31). */
  fingerprint: z.string().nullable(),
  /** The conversation of somebody else that it claims to go on with; it was not let into it. */
  claims: z.string().nullable(),
  /** True where the letter as it came is (or was, until its time was over) kept in `sources`. */
  hasSource: z.boolean(),
  /** False where the medium's rules let no program answer it. */
  answerable: z.boolean().optional(),
  /** Where people can look at it, of what is public. */
  link: z.string().optional(),
  /** The decision that wrote it (outbound) or decided on it (inbound). */
  decisionId: z.string().nullable(),
  /** The template that it was written from, if any. */
  template: z.string().nullable(),
  raw: z.unknown().optional(),
  sentAt: z.string(),
  receivedAt: z.string(),
});
/** One utterance. */
export type Message = z.infer<typeof message>;

/** Kinds that say something of an earlier message, or come of the medium itself: no words of their own. */
export const quietKinds: ReadonlySet<Message['kind']> = new Set(['reaction', 'edit', 'deletion', 'notice']);

/** What a message has that is but words of ours. */
export const plain = {
  refersTo: null,
  forwarded: false,
  detail: null,
  location: null,
  cards: [] as Message['cards'],
  fields: [] as Message['fields'],
  editedAt: null,
  deletedAt: null,
  approved: null,
  digest: null,
  letter: null,
  automatedWhy: null,
  settled: false,
  fingerprint: null,
  claims: null,
  hasSource: false,
} satisfies Partial<Message>;

export const messages: Collection<Message> = {
  name: 'messages',
  schema: message,
  indexes: [
    { name: 'by-conversation', on: ['conversationId', 'seq'], unique: true },
    { name: 'by-external-id', on: ['inboxId', 'externalId'], unique: true },
    { name: 'by-ticket', on: ['ticketNumber', 'receivedAt'] },
    { name: 'by-fingerprint', on: ['inboxId', 'fingerprint', 'receivedAt'] },
    { name: 'by-claim', on: ['claims', 'receivedAt'] },
  ],
  filters: ['direction'],
  feed: true,
};

export const delivery = z.object({
  id: z.string(),
  version: z.number().int(),
  messageId: z.string(),
  conversationId: z.string(),
  inboxId: z.string(),
  /** Order within the conversation: seq of the message, then part. */
  seq: z.number().int(),
  part: z.number().int(),
  text: z.string(),
  status: deliveryStatus,
  externalId: z.string().nullable(),
  /** True while it is ours to send. A queued one that is not open waits for the person to come back and fetch it. */
  open: z.boolean(),
  attempts: z.number().int(),
  /** When it is to be tried next, or until when it is claimed; null where it is not open. */
  dueAt: z.string().nullable(),
  claimedBy: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** What it cost, once the provider told. */
  cost: cost.optional(),
  at: z.string(),
});
/** One sending of (a part of) a message. */
export type Delivery = z.infer<typeof delivery>;

export const deliveries: Collection<Delivery> = {
  name: 'deliveries',
  schema: delivery,
  indexes: [
    { name: 'by-message', on: ['messageId', 'part'], unique: true },
    { name: 'by-lane', on: ['conversationId', 'open', 'seq', 'part'] },
    { name: 'by-due', on: ['dueAt'] },
    { name: 'by-external-id', on: ['inboxId', 'externalId'], unique: true },
    { name: 'by-status', on: ['status', 'at'] },
  ],
  filters: ['open', 'status', 'claimedBy'],
  feed: true,
};

export const attachment = z.object({
  id: z.string(),
  version: z.number().int(),
  inboxId: z.string(),
  address: z.string(),
  /** The conversation that it was used in; null until a message carries it (single use). */
  conversationId: z.string().nullable(),
  messageId: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  createdAt: z.string(),
  /** Where the channel fetches it; null for a file that was given with the message. */
  reference: z.string().nullable(),
  /** `waiting`: its bytes are still to be fetched; `missing`: they will never come, `reason` says why. */
  state: z.enum(['here', 'waiting', 'missing']),
  reason: z.string().nullable(),
  /** How often it was tried, and when it is to be tried next; null where it is not waiting. */
  attempts: z.number().int(),
  dueAt: z.string().nullable(),
  /** A file that no message carries is removed after this time. */
  expiresAt: z.string().nullable(),
});
/** A file whose bytes are in hand. */
export const here = { reference: null, state: 'here', reason: null, attempts: 0, dueAt: null } as const;
/** A stored file; its bytes are the blob of the same id. */
export type Attachment = z.infer<typeof attachment>;

export const attachments: Collection<Attachment> = {
  name: 'attachments',
  schema: attachment,
  // removed by `sweepFiles`, together with their bytes
  indexes: [
    { name: 'by-expiry', on: ['expiresAt'] },
    { name: 'by-due', on: ['dueAt'] },
  ],
  feed: true,
};
