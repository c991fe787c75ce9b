import type { Capabilities } from '../../src/channel/capabilities.ts';

const megabyte = 1024 * 1024;

/** The provider's own measures: pages "Text messages", "Interactive list messages", "Media". */
export const capabilities: Capabilities = {
  text: { maxLength: 4096, format: 'whatsapp' },
  form: 'chat',
  attachments: {
    maxBytes: 100 * megabyte,
    maxCount: 10,
    types: [
      'image/jpeg',
      'image/png',
      'image/webp',
      'audio/aac',
      'audio/amr',
      'audio/mpeg',
      'audio/mp4',
      'audio/ogg',
      'video/mp4',
      'video/3gpp',
      'text/plain',
      'text/csv',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
  },
  // three short ones as buttons, else the rows of a list, whose description holds what the title cannot
  quickReplies: { as: 'native', max: 10, titleLength: 72 },
  receipts: 'read',
  typing: true,
  markRead: true,
  fetchAttachment: true,
  visibility: 'private',
  inPublic: null,
  paid: false,
  canStart: true,
  replyWindowHours: 24,
  turnWindowMs: 2500,
  burstMs: 1200,
  templates: true,
  phones: true,
  // a text with buttons may have so many letters (page "Interactive reply buttons messages")
  joinUpTo: 1024,
  pace: { perSecond: 80, jitterMs: 0, person: { everyMs: 6000, burst: 20 }, startsPerDay: null },
  sendsAtOnce: null,
};
