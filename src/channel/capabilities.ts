import type { DeliveryStatus } from './inbound.ts';

/** How a medium shows choices: its own buttons up to a number, a numbered list in the text, or not at all. */
export type QuickReplySupport =
  | { as: 'native'; max: number; titleLength: number }
  | { as: 'numbered-list' }
  | { as: 'none' };

/** What a channel can do, as data with degrees; the core owns every fallback. */
export interface Capabilities {
  text: { maxLength: number; format: 'plain' | 'html' | 'markdown' | 'whatsapp' };
  /** One chat line at a time, or one letter that holds everything. */
  form: 'chat' | 'letter';
  attachments: { maxBytes: number; maxCount: number; types: readonly string[] } | null;
  quickReplies: QuickReplySupport;
  /** The highest rung of the delivery ladder that this medium can tell. */
  receipts: DeliveryStatus;
  typing: boolean;
  markRead: boolean;
  fetchAttachment: boolean;
  visibility: 'private' | 'public';
  /** May we write first? */
  canStart: boolean;
  /** Hours after the person's last message in which free text is allowed; null where there is no such limit. */
  replyWindowHours: number | null;
  /** How long to wait for more of the same turn after a fragment or media without words, in ms (EX-03). */
  turnWindowMs: number;
  /** How many sendings may be on their way at a time, over all conversations; null where there is no limit. */
  sendsAtOnce: number | null;
}
