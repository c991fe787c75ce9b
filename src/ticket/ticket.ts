import { z } from 'zod';
import { tokens } from '../language/fold.ts';
import type { Collection } from '../store/port.ts';
import { complexity, importance, ticketStatus, ticketType } from './types.ts';

export const ticket = z.object({
  /** The same as `number`: the key. */
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  type: ticketType,
  service: z.string().nullable(),
  subject: z.string(),
  status: ticketStatus,
  outcome: z.enum(['done', 'not_done', 'other']).nullable(),
  importance,
  complexity,
  restricted: z.boolean(),
  departmentId: z.string(),
  assigneeId: z.string().nullable(),
  contactId: z.string(),
  conversationId: z.string().nullable(),
  channel: z.string(),
  language: z.enum(['ar', 'en']),
  openedAt: z.string(),
  acceptedAt: z.string().nullable(),
  /** When a person first answered. */
  respondedAt: z.string().nullable(),
  /** When its status last really changed, for "any update?" (EX-02). */
  statusAt: z.string(),
  dueAt: z.object({ firstResponse: z.string().nullable(), resolution: z.string().nullable() }),
  satisfaction: z.number().nullable(),
  /** How many events its ledger has: the seq of the last. */
  eventCount: z.number().int(),
  /** The cause that opened it: the same cause finds the same ticket. */
  causeKey: z.string(),
});
/** One matter with a number, a status, clocks and an owner: the fold of its events. */
export type Ticket = z.infer<typeof ticket>;

export const tickets: Collection<Ticket> = {
  name: 'tickets',
  schema: ticket,
  indexes: [
    { name: 'by-cause', on: ['causeKey'], unique: true },
    { name: 'by-opened', on: ['openedAt'] },
    { name: 'by-status', on: ['status', 'openedAt'] },
    { name: 'by-department', on: ['departmentId', 'openedAt'] },
    { name: 'by-contact', on: ['contactId', 'openedAt'] },
    { name: 'by-conversation', on: ['conversationId', 'openedAt'] },
  ],
  terms: ({ subject }) => tokens(subject),
  filters: ['status', 'type', 'departmentId', 'assigneeId', 'contactId'],
  feed: true,
};
