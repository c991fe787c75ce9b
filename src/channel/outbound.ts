import type { Language } from '../language/language.ts';
import type { Cost } from './inbound.ts';

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

/** What a letter has besides its words. */
export interface OutboundLetter {
  subject: string;
  /** External id of the message that it answers; null where it answers none. */
  inReplyTo: string | null;
  /** External ids of the exchange so far, the oldest first, `inReplyTo` the last. */
  references: string[];
  /** It is for its receiver alone, who is no beneficiary: nobody gets a copy, and the closing words for people are left out. */
  alone?: true;
}

/** An approved template with what fills it, for media that ask for one outside the reply window. */
export interface OutboundTemplate {
  name: string;
  /** The provider's code of its language. */
  language: string;
  /** What stands in its variables, by part; names are those of the template, or "1", "2" where it counts them. */
  parameters: { part: 'header' | 'body' | 'button'; name: string; value: string }[];
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
  /** Present where the channel's form is a letter. */
  letter?: OutboundLetter;
  /** Is sent in place of the text, which only shows what the template says. */
  template?: OutboundTemplate;
  /** External id of the message that it answers by quoting it; in public always there: of what it is a reply to. */
  quotes?: string;
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
  cost?: Cost;
}
