import type { Language } from '../language/language.ts';

export interface QuickReply {
  /** What comes back when it is tapped; at most 200 characters. */
  id: string;
  title: string;
}

export interface OutboundAttachment {
  id: string;
  name: string;
  type: string;
  bytes: number;
}

/**
 * One sending: already rendered and split by the channel's capabilities, so it is one provider call with one external id.
 * `id` is the delivery's id, ours, the idempotency key; `messageId` is the message that it is a part of.
 */
export interface OutboundMessage {
  id: string;
  messageId: string;
  inboxId: string;
  address: string;
  conversationKey: string;
  visibility: 'private' | 'public';
  /** Position within the conversation: grows with every message. */
  seq: number;
  text: string;
  html?: string;
  language: Language;
  quickReplies: QuickReply[];
  attachments: OutboundAttachment[];
  inReplyTo?: string;
  author: 'assistant' | 'agent' | 'system';
  /** Written by no person: mail then says so, and never answers an automatic mail (RFC 3834). */
  automated: boolean;
  /** ISO time at which the message was written. */
  at: string;
}

/** What the provider said when it took a sending. */
export interface SendResult {
  externalId: string;
  /** How far it is now: mostly `accepted` or `sent`. */
  status: 'accepted' | 'sent' | 'delivered';
}
