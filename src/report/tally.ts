import { z } from 'zod';
import type { Collection } from '../store/port.ts';
import { ticketStatus } from '../ticket/types.ts';
import { contribution, place } from './contributions.ts';
import { counted } from './measures.ts';

/** How long a time a cell stands for: a day, or a month of days, so that a year is read as twelve. */
export const spans = ['day', 'month'] as const;
export type Span = (typeof spans)[number];

export const tally = place.extend({
  id: z.string(),
  version: z.number().int(),
  span: z.enum(spans),
  /** YYYY-MM-DD, or YYYY-MM of a month. */
  at: z.string(),
  ...counted.shape,
});
/** The figures of all tickets of one place in one time. Only ever added to. */
export type Tally = z.infer<typeof tally>;

export const tallies: Collection<Tally> = {
  name: 'tallies',
  schema: tally,
  indexes: [
    { name: 'by-time', on: ['span', 'at'] },
    { name: 'by-department', on: ['departmentId', 'span', 'at'] },
  ],
};

export const caseload = z.object({
  id: z.string(),
  version: z.number().int(),
  departmentId: z.string(),
  status: ticketStatus,
  tickets: z.number(),
});
/** How many tickets of a department have a status now (KP-11). */
export type Caseload = z.infer<typeof caseload>;

export const caseloads: Collection<Caseload> = {
  name: 'caseloads',
  schema: caseload,
  indexes: [{ name: 'by-department', on: ['departmentId', 'status'] }],
};

export const tallied = z.object({
  /** The ticket's number. */
  id: z.string(),
  version: z.number().int(),
  /** How much of the ledger it knows. */
  eventCount: z.number().int(),
  departmentId: z.string(),
  status: ticketStatus,
  contributions: z.array(contribution),
  openedAt: z.string(),
  /** The department in which it stands, while it is not over. */
  openIn: z.string().nullable(),
  /** The department that it was closed for, and when. */
  closedIn: z.string().nullable(),
  closedAt: z.string().nullable(),
});
/** What a ticket has been counted as: what it counts for anew is the difference to this. */
export type Tallied = z.infer<typeof tallied>;

export const talliedTickets: Collection<Tallied> = {
  name: 'tallied',
  schema: tallied,
  indexes: [
    { name: 'by-open', on: ['openIn', 'openedAt'] },
    { name: 'by-closed', on: ['closedIn', 'closedAt'] },
  ],
};

export const recount = z.object({
  id: z.literal('recount'),
  version: z.number().int(),
  /** By which rules and in which zone it counts; others begin anew. */
  rules: z.string(),
  /** Where it goes on; null at the beginning. */
  cursor: z.string().nullable(),
  done: z.boolean(),
});
/** The count of tickets that were there before there were figures, or before other rules. */
export type Recount = z.infer<typeof recount>;

export const recounts: Collection<Recount> = { name: 'recounts', schema: recount, indexes: [] };
