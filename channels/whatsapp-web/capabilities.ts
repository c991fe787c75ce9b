import type { Capabilities } from '../../src/channel/capabilities.ts';

/** A file crosses into the browser as base64 in one piece, so it is held far below what WhatsApp itself would take. */
export const maxFileBytes = 16 * 1024 * 1024;

/** How fast a person at a phone would be; faster accounts are banned (requirements CH-02). `pace` follows the settings. */
export const capabilities: Capabilities = {
  text: { maxLength: 4_096, format: 'whatsapp' },
  form: 'chat',
  attachments: { maxBytes: maxFileBytes, maxCount: 10, types: ['*/*'] },
  quickReplies: { as: 'numbered-list' },
  receipts: 'read',
  typing: true,
  markRead: true,
  fetchAttachment: true,
  visibility: 'private',
  inPublic: null,
  paid: false,
  canStart: true,
  replyWindowHours: null,
  turnWindowMs: 4_000,
  burstMs: 1_500,
  templates: false,
  phones: true,
  joinUpTo: 1_024,
  pace: { perSecond: 0.5, jitterMs: 2_000, person: { everyMs: 2_000, burst: 5 }, startsPerDay: 20 },
  sendsAtOnce: 1,
};
