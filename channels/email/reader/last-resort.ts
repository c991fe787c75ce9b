import { createHash } from 'node:crypto';
import type { ReadMail } from '../mail.ts';
import { compressSource } from './compress.ts';

/** The Message-ID, looked for in the first 64 KB line by line; the one thing that tells two mails apart. */
function findMessageId(raw: Uint8Array): string | null {
  const lines = Buffer.from(raw.subarray(0, 65_536)).toString('latin1').split('\n').slice(0, 1000);
  const line = lines.find((one) => one.slice(0, 11).toLowerCase() === 'message-id:');
  const id = line?.slice(11, 1000).trim() ?? '';
  return /^<[!-~]{1,900}>$/.test(id) ? id : null;
}

/** What is left of a mail that nothing could read: its source, and that it came. */
export async function unreadable(raw: Uint8Array): Promise<ReadMail> {
  return {
    automated: 'none',
    why: null,
    reports: [],
    messageId: findMessageId(raw),
    digest: createHash('sha256').update(raw).digest('hex'),
    from: null,
    replyTo: null,
    to: [],
    cc: [],
    deliveredTo: [],
    subject: '',
    topic: '',
    isReply: false,
    isForward: false,
    sentAt: null,
    references: [],
    text: '',
    newText: '',
    html: null,
    files: [],
    leftOut: [],
    problem: 'unreadable',
    source: await compressSource(raw),
  };
}
