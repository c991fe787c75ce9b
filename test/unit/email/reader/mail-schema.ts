import { z } from 'zod';

const line = z.string().refine((words) => words.isWellFormed() && !words.includes('\n') && !words.includes('\u0000'));
const words = z.string().refine((text) => text.isWellFormed() && !text.includes('\u0000') && !text.includes('\r'));
const address = z.strictObject({ address: line.min(1), name: line });
const id = z.string().regex(/^<[^<>\s]+>$/);

/** What every mail that was read must be, whatever the bytes were. */
export const mailSchema = z.strictObject({
  automated: z.enum(['none', 'auto-reply', 'bulk', 'bounce']),
  why: z.string().nullable(),
  reports: z.array(z.object({ outcome: z.enum(['failed', 'delayed', 'delivered']) }).loose()),
  messageId: id.nullable(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  from: address.nullable(),
  replyTo: address.nullable(),
  to: z.array(address),
  cc: z.array(address),
  deliveredTo: z.array(line.min(1)),
  subject: line,
  topic: words,
  isReply: z.boolean(),
  isForward: z.boolean(),
  sentAt: z.iso.datetime().nullable(),
  references: z.array(id).max(50),
  text: words.max(1024 * 1024),
  newText: words,
  html: words.nullable(),
  files: z
    .array(
      z.strictObject({
        path: z.string().nullable(),
        content: z.instanceof(Uint8Array).nullable(),
        name: line.min(1).max(400),
        type: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
        bytes: z.int().nonnegative(),
        inline: z.boolean(),
        contentId: line.nullable(),
      }),
    )
    .max(50),
  leftOut: z.array(
    z.strictObject({ name: line.min(1), type: line, bytes: z.int(), why: z.enum(['too-large', 'too-many']) }),
  ),
  problem: z.enum(['partly', 'unreadable']).nullable(),
  source: z.instanceof(Uint8Array),
});
