import { z } from 'zod';
import { cost } from '../channel/inbound.ts';
import type { Collection } from '../store/port.ts';
import { noticeKind } from './kinds.ts';

/** By what a notice can go: words in a conversation, an approved template, a paid message to a phone, a letter. */
export const noticeWay = z.enum(['conversation', 'template', 'phone', 'letter']);

/** What a notice tells beside what stands in the ticket itself. Nothing of the person's. */
export const noticeValues = z.object({
  reason: z.string().optional(),
  /** ISO. */
  expectedAt: z.string().optional(),
  /** Words for the person: an answer, what is asked. */
  text: z.string().optional(),
  /** Where a rejected matter belongs. */
  guidance: z.string().optional(),
  /** A page for this person alone. */
  link: z.string().optional(),
  /** Another ticket of the same person, or the name of an outside body. */
  other: z.string().optional(),
  /** The days that the department's answer names: by when it is done, and of the visit; ISO dates (TK-06). */
  doneOn: z.string().optional(),
  visitOn: z.string().optional(),
  /** What was lacking, and has arrived. */
  item: z.string().optional(),
  /** The quick replies that go with it in a chat: the ids, such as `solved:yes`. */
  choices: z.array(z.string()).optional(),
});
export type NoticeValues = z.infer<typeof noticeValues>;

export const noticeTry = z.object({
  inboxId: z.string(),
  /** The kind of the inbox's channel. */
  channel: z.string(),
  by: noticeWay,
  messageId: z.string(),
  at: z.string(),
  /** Why it did not arrive, in the words of `SendError`. */
  failure: z.string().optional(),
});
export type NoticeTry = z.infer<typeof noticeTry>;

export const notice = z.object({
  id: z.string(),
  version: z.number().int(),
  ticketNumber: z.string(),
  /** Whom it was meant for when it was made; who has the ticket now is told. */
  contactId: z.string(),
  kind: noticeKind,
  values: noticeValues,
  /** `nobody`: there was no way at all; `failed`: there is none left; `dropped`: it was no news any more when it was due. */
  state: z.enum(['waiting', 'told', 'failed', 'nobody', 'dropped']),
  /** When it is to be told; null where it does not wait. */
  dueAt: z.string().nullable(),
  /** The ways that it took, the last one last. */
  tried: z.array(noticeTry),
  /** The messages of `tried`, by which receipts lead here. */
  messageIds: z.array(z.string()),
  /** How often telling went wrong by a fault of ours. */
  faults: z.number().int(),
  /** What all of its sendings cost, as far as it is known. */
  cost: cost.nullable(),
  at: z.string(),
});
/** One thing that a person is told of a ticket, from the change that causes it until it has arrived. */
export type Notice = z.infer<typeof notice>;

export const notices: Collection<Notice> = {
  name: 'notices',
  schema: notice,
  indexes: [
    { name: 'by-due', on: ['dueAt'] },
    { name: 'by-message', on: ['messageIds'], list: true },
    { name: 'by-ticket', on: ['ticketNumber', 'at'] },
  ],
  // whoever tells hears of what is new
  feed: true,
};
