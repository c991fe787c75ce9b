import type { Capabilities } from '../channel/capabilities.ts';
import type { OutboundLetter, OutboundMessage } from '../channel/outbound.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Delivery, Message, MessageLetter } from '../message/message.ts';
import { hasButtonsFor } from './fit-to.ts';

const letterOf = ({ subject, inReplyTo, references }: MessageLetter): OutboundLetter => ({
  subject,
  inReplyTo,
  references,
});

/** A delivery as the channel is given it; `last` for the last part of its message, `quotes` what it is a reply to. */
export const outbound = (
  delivery: Delivery,
  message: Message,
  conversation: Conversation,
  { capabilities, last, quotes }: { capabilities: Capabilities; last: boolean; quotes: string | null },
): OutboundMessage => ({
  id: delivery.id,
  messageId: message.id,
  inboxId: message.inboxId,
  address: conversation.address,
  conversationKey: conversation.key,
  visibility: conversation.visibility,
  seq: message.seq,
  text: delivery.text,
  ...(message.html && delivery.text === message.text ? { html: message.html } : {}),
  language: message.language ?? conversation.language ?? 'ar',
  quickReplies: last && hasButtonsFor(message.quickReplies, capabilities) ? message.quickReplies : [],
  attachments: last ? message.attachments : [],
  ...(message.letter ? { letter: letterOf(message.letter) } : {}),
  ...(message.approved ? { template: message.approved } : {}),
  ...(quotes ? { quotes } : {}),
  author: message.author === 'agent' || message.author === 'system' ? message.author : 'assistant',
  automated: message.author !== 'agent',
  at: message.sentAt,
});
