import { z } from 'zod';
import type { Collection } from '../store/port.ts';

/** What staff are told of (WF-16, ES-01..07, EX-02, EX-09): each has a text `alert-<kind>` in `templates/`. */
export const alertKinds = [
  'transferred',
  'assigned',
  'returned',
  'sent-back',
  'warned',
  'breached',
  'escalated',
  'nudged',
  'unsatisfied',
  'objection',
  'repetition',
  'approval-wanted',
  'reply-declined',
  'data-given',
  /** A remark that is meant for the head (TK-04). */
  'noted',
  'referral-answered',
  'referral-late',
  'no-data',
  'platform-ticket',
  'stock-list',
  'stock-arrived',
  'nobody-there',
  'weekly-report',
  'confidential',
  /** A complaint or a report about somebody of staff whose name is not known. */
  'about-staff',
  /** Of a conversation: words that nobody has to bear, again. */
  'abuse',
] as const;
export const alertKind = z.enum(alertKinds);
export type AlertKind = z.infer<typeof alertKind>;

export const alert = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: alertKind,
  /** Whom it is for. */
  agentId: z.string(),
  ticketNumber: z.string().nullable(),
  /** What its text is filled with beside the ticket's facts. Nothing of the person's. */
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** A file that goes with it: a blob of the store. */
  file: z.object({ blobId: z.string(), name: z.string(), type: z.string(), bytes: z.number().int() }).nullable(),
  at: z.string(),
  /** Of its letter: `none` where there is no way to send one. In the console it stands in any case. */
  mail: z.enum(['waiting', 'sent', 'failed', 'none', 'dropped']),
  /** When its letter is due: within the hours of staff (lessons 49). Null where it does not wait. */
  dueAt: z.string().nullable(),
  tries: z.number().int(),
  /** When its letter was first tried. */
  triedAt: z.string().optional(),
  /** The same of a message to a phone, where it goes to one as well (WF-16). */
  phone: z.enum(['waiting', 'sent', 'failed', 'none', 'dropped']).optional(),
  phoneDueAt: z.string().nullable().optional(),
  phoneTries: z.number().int().optional(),
  phoneTriedAt: z.string().optional(),
  /** When one of its ways failed for good, for those who set it right. */
  failedAt: z.string().optional(),
  readAt: z.string().nullable(),
  /** Its time as long as it is not read. */
  unreadAt: z.string().nullable().optional(),
});
/** One thing that one agent is told: in the console at once, by letter within working hours. */
export type Alert = z.infer<typeof alert>;

export const alerts: Collection<Alert> = {
  name: 'alerts',
  schema: alert,
  indexes: [
    { name: 'by-agent', on: ['agentId', 'at'] },
    { name: 'by-unread', on: ['agentId', 'unreadAt'] },
    { name: 'by-failed', on: ['failedAt'] },
    { name: 'by-due', on: ['dueAt'] },
    { name: 'by-phone-due', on: ['phoneDueAt'] },
    { name: 'by-ticket', on: ['ticketNumber', 'at'] },
  ],
  filters: ['kind'],
  feed: true,
};
