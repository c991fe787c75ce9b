import { z } from 'zod';
import { attachmentRef } from '../message/message.ts';
import type { Collection } from '../store/port.ts';
import type { Ticket } from '../ticket/ticket.ts';

export const referral = z.object({
  id: z.string(),
  version: z.number().int(),
  ticketNumber: z.string(),
  /** A body of the casework setting. */
  bodyId: z.string(),
  /** What the body is asked; it reads these words as they are. */
  text: z.string(),
  /** The person agreed that the body is given their name and number (WF-08). */
  consent: z.boolean(),
  /** The agent who referred it. */
  by: z.string(),
  at: z.string(),
  remindAt: z.string(),
  dueAt: z.string(),
  expiresAt: z.string(),
  remindedAt: z.string().nullable(),
  /** When staff were told that the answer is late. */
  lateAt: z.string().nullable(),
  state: z.enum(['waiting', 'answered', 'withdrawn', 'expired']),
  /** Of the last letter to the body: `none` where it has no address, or there is no way to write letters. */
  mail: z.enum(['waiting', 'sent', 'failed', 'none']),
  /** When a letter is to be tried next; null where none waits. */
  mailAt: z.string().nullable(),
  tries: z.number().int(),
  /** Files that the body has put in; those that its answer names stay. */
  files: z.array(attachmentRef),
  answer: z.object({ text: z.string(), at: z.string(), attachments: z.array(attachmentRef) }).nullable(),
  /** When it is to be looked at next; null where nothing more happens by itself. */
  nextAt: z.string().nullable(),
});
/** A matter that waits for a body outside: what it was asked, by when, and what it answered (WF-07, WF-08, WF-10). */
export type Referral = z.infer<typeof referral>;

export const referrals: Collection<Referral> = {
  name: 'referrals',
  schema: referral,
  indexes: [
    { name: 'by-next', on: ['nextAt'] },
    { name: 'by-ticket', on: ['ticketNumber', 'at'] },
  ],
};

/** The inbox of files that outside bodies have put in; their address is the referral. */
export const referralInbox = 'referral';

/** Under this purpose stands the secret of the links to referrals. */
export const referralSecret = 'referral';

/** When time next brings something to a referral: a letter, the reminder, lateness, the end. Null once it is over. Pure. */
export function nextOf({ state, mailAt, remindedAt, remindAt, lateAt, dueAt, expiresAt }: Omit<Referral, 'nextAt'>) {
  if (state !== 'waiting') return null;
  const times = [mailAt, remindedAt === null ? remindAt : null, lateAt === null ? dueAt : null, expiresAt];
  return times.filter((one) => one !== null).sort()[0] ?? null;
}

const over: readonly Ticket['status'][] = ['resolved', 'closed', 'rejected'];

/** Whether a matter has ended, so that no outside body is reminded of it or may answer to it. */
export const isEnded = ({ status }: Pick<Ticket, 'status'>): boolean => over.includes(status);

/** The same with the time at which it is to be looked at next. */
export const timed = (one: Omit<Referral, 'nextAt'>): Referral => ({ ...one, nextAt: nextOf(one) });
