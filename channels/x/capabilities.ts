import type { Capabilities, InPublic } from '../../src/channel/capabilities.ts';

const megabyte = 1024 * 1024;

const pictures = ['image/jpeg', 'image/png', 'image/webp'];

/** Lengths of a post: usual, and of an account with X Premium. */
export const postLengths = { usual: 280, long: 25_000 };

/**
 * In public: one short post. The picture of an agent is up to 5 MB, up to four of them (page "Media best practices" of X).
 */
export const inPublic: InPublic = {
  maxLength: postLengths.usual,
  attachments: { maxBytes: 5 * megabyte, maxCount: 4, types: pictures },
  assistant: 'once',
  links: false,
};

/**
 * The measures of direct messages, beside the public posts. A direct message costs 0.015 dollars and is no paid notice all the
 * same (`paid`): somebody who writes here has a dialogue in whole sentences, not brief ones.
 */
export const capabilities: Capabilities = {
  text: { maxLength: 10_000, format: 'plain' },
  form: 'chat',
  // X takes one file with a message; pictures up to 5 MB, moving ones 15 MB (`outgoing/files.ts`)
  attachments: { maxBytes: 512 * megabyte, maxCount: 1, types: [...pictures, 'image/gif', 'video/mp4'] },
  quickReplies: { as: 'numbered-list' },
  receipts: 'read',
  typing: false,
  markRead: false,
  fetchAttachment: true,
  visibility: 'private',
  inPublic,
  paid: false,
  canStart: true,
  replyWindowHours: null,
  turnWindowMs: 2500,
  burstMs: 1200,
  templates: false,
  phones: false,
  // each message costs, and there are 15 in a quarter of an hour for all people together
  joinUpTo: 900,
  // X's limits are windows, not a pace: what they leave is asked of its own headers (`limits.ts`)
  pace: null,
  sendsAtOnce: 2,
};
