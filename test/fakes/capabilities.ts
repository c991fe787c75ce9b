import type { Capabilities } from '../../src/channel/capabilities.ts';

/** A channel that can do the least: plain texts in a private chat that the person begins. A test adds what it is about. */
export const plainChat: Capabilities = {
  text: { maxLength: 100, format: 'plain' },
  form: 'chat',
  attachments: null,
  quickReplies: { as: 'none' },
  receipts: 'sent',
  typing: false,
  markRead: false,
  fetchAttachment: false,
  visibility: 'private',
  inPublic: null,
  paid: false,
  canStart: false,
  replyWindowHours: null,
  turnWindowMs: 0,
  burstMs: 0,
  templates: false,
  phones: false,
  pace: null,
  joinUpTo: null,
  sendsAtOnce: null,
};
