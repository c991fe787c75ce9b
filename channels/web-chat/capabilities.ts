import type { Capabilities } from '../../src/channel/capabilities.ts';

/** Types that a visitor may send; checked against the file's own first bytes. */
export const fileTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/heic',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'audio/mpeg',
  'audio/ogg',
  'audio/mp4',
  'audio/webm',
  'audio/wav',
  'audio/aac',
  'audio/amr',
  'video/mp4',
  'video/webm',
  'text/plain',
] as const;

/** What a visitor may write in one message, in UTF-16 units. */
export const maxInboundLength = 4_000;

export const capabilities: Capabilities = {
  text: { maxLength: 20_000, format: 'html' },
  form: 'chat',
  attachments: { maxBytes: 10 * 1024 * 1024, maxCount: 5, types: fileTypes },
  quickReplies: { as: 'native', max: 12, titleLength: 80 },
  receipts: 'delivered',
  typing: true,
  markRead: false,
  fetchAttachment: false,
  visibility: 'private',
  inPublic: null,
  paid: false,
  canStart: false,
  replyWindowHours: null,
  turnWindowMs: 2_500,
  burstMs: 0,
  templates: false,
  phones: false,
  pace: null,
  joinUpTo: null,
  sendsAtOnce: null,
};
