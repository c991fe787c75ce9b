import { plain } from '../../../src/message/message.ts';
import type { Message } from '../../../src/web/console/api/shapes.ts';

/** A message as the API shows it. */
export const aMessage = (given: Partial<Message> & { seq: number }): Message => ({
  ...plain,
  id: `m${given.seq}`,
  conversationId: 'c1',
  ticketNumber: null,
  direction: given.author && given.author !== 'contact' ? 'outbound' : 'inbound',
  author: 'contact',
  agentId: null,
  agentName: null,
  kind: 'text',
  hidden: false,
  text: `message ${given.seq}`,
  html: null,
  language: 'ar',
  attachments: [],
  quickReplies: [],
  quickReplyId: null,
  externalId: `x${given.seq}`,
  automated: 'none',
  decisionId: null,
  template: null,
  sentAt: '2026-11-25T08:00:00.000Z',
  receivedAt: '2026-11-25T08:00:00.000Z',
  deliveries: [],
  ...given,
});
