import type { Capabilities } from '../../src/channel/capabilities.ts';

/** Ten parts of a concatenated Arabic message, of 67 characters each. */
const maxLength = 670;

/** What text messages can do, whichever provider sends them. */
export const capabilities: Capabilities = {
  text: { maxLength, format: 'plain' },
  form: 'chat',
  attachments: null,
  quickReplies: { as: 'none' },
  receipts: 'delivered',
  typing: false,
  markRead: false,
  fetchAttachment: false,
  visibility: 'private',
  inPublic: null,
  paid: true,
  canStart: true,
  replyWindowHours: null,
  // people send a thought in several messages, and each answer costs
  turnWindowMs: 5000,
  burstMs: 3000,
  templates: false,
  phones: true,
  joinUpTo: maxLength,
  pace: { perSecond: 10, jitterMs: 0, person: null, startsPerDay: null },
  sendsAtOnce: 10,
};
