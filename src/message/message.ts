import { z } from 'zod';
import { deliveryStatus, messageKind } from '../channel/inbound.ts';
import type { Collection } from '../store/port.ts';

export const quickReply = z.object({ id: z.string().max(200), title: z.string() });

export const attachmentRef = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.number().int(),
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
  automated: z.enum(['none', 'auto-reply', 'bulk', 'bounce']),
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

export const messages: Collection<Message> = {
  name: 'messages',
  schema: message,
  indexes: [
    { name: 'by-conversation', on: ['conversationId', 'seq'], unique: true },
    { name: 'by-external-id', on: ['inboxId', 'externalId'], unique: true },
    { name: 'by-ticket', on: ['ticketNumber', 'receivedAt'] },
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
  filters: ['open', 'status'],
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
  /** A file that no message carries is removed after this time. */
  expiresAt: z.string().nullable(),
});
/** A stored file; its bytes are the blob of the same id. */
export type Attachment = z.infer<typeof attachment>;

export const attachments: Collection<Attachment> = {
  name: 'attachments',
  schema: attachment,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};
