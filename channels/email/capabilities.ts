import type { Capabilities } from '../../src/channel/capabilities.ts';

/** Of one letter of ours: most servers take 25 MB, and base64 makes a file a third larger. */
const maxFileBytes = 18 * 1024 * 1024;

export const capabilities: Capabilities = {
  text: { maxLength: 400_000, format: 'html' },
  form: 'letter',
  attachments: { maxBytes: maxFileBytes, maxCount: 20, types: ['*/*'] },
  quickReplies: { as: 'none' },
  receipts: 'sent',
  typing: false,
  markRead: false,
  fetchAttachment: false,
  visibility: 'private',
  inPublic: null,
  paid: false,
  canStart: true,
  replyWindowHours: null,
  turnWindowMs: 0,
  burstMs: 0,
  templates: false,
  phones: false,
  pace: null,
  joinUpTo: null,
  sendsAtOnce: 5,
};
