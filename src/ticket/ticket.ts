import { z } from 'zod';
import { tokens } from '../language/fold.ts';
import type { Collection } from '../store/port.ts';
import { behalf, clockName, fieldValues, origin } from './changes.ts';
import { complexity, importance, neededAction, outcome, ticketStatus, ticketType } from './types.ts';

/** A time in which the ticket waited: for whom (a reason of the casework setting), and whether its treatment clock stood. */
export const pause = z.object({ reason: z.string(), from: z.string(), to: z.string().nullable(), stops: z.boolean() });
export type Pause = z.infer<typeof pause>;

/** What a department answered, and by when it does what it says (TK-05, TK-06). */
const answer = z.object({
  text: z.string(),
  departmentId: z.string(),
  byId: z.string().nullable(),
  at: z.string(),
  doneOn: z.string().nullable(),
  visitOn: z.string().nullable(),
});

const reply = z.object({ text: z.string(), byId: z.string().nullable(), at: z.string() });

const draft = reply
  .extend({
    /** The outcome with which the ticket is resolved once it is approved. */
    resolves: outcome.optional(),
    note: z.string().optional(),
  })
  .nullable();

const asked = z
  .object({
    text: z.string(),
    fields: z.array(z.string()),
    round: z.union([z.literal(1), z.literal(2)]),
    /** When it was asked; where it reached the person later, when it did. */
    at: z.string(),
    /** False as long as it did not reach the person. */
    told: z.boolean().optional(),
  })
  .nullable();

/** Where a ticket stood when it became part of another, so that it can stand there again. */
const stood = z.object({
  at: z.string(),
  status: ticketStatus,
  resumesAs: ticketStatus.nullable(),
  pause: pause.nullable(),
  asked,
  draft,
  stockOf: z.string().nullable(),
});

const clockDue = z.object({ clock: clockName, dueAt: z.string() });

export const ticket = z.object({
  /** The same as `number`: the key. */
  id: z.string(),
  version: z.number().int(),
  number: z.string(),
  type: ticketType,
  service: z.string().nullable(),
  subject: z.string(),
  status: ticketStatus,
  outcome: outcome.nullable(),
  importance,
  complexity,
  /** In the lane of what cannot wait (EX-05). */
  urgent: z.boolean(),
  action: neededAction.nullable(),
  rootCause: z.string().nullable(),
  /** The values of its form, by field. */
  fields: fieldValues,
  restricted: z.boolean(),
  /** Named people who may see it where it is restricted. */
  visibleTo: z.array(z.string()),
  /** Who may not know of it. */
  hiddenFrom: z.array(z.string()),
  /** Who may not handle it. */
  notBy: z.array(z.string()),
  departmentId: z.string(),
  assigneeId: z.string().nullable(),
  /** Who of the care unit last let it go on: accepted it, transferred it, or sent it back. */
  careAgentId: z.string().optional(),
  /** Everybody to whom it was assigned, the last one last. */
  handlers: z.array(z.string()),
  /** Departments to which it went, the first first: what comes back to one of them goes in a loop. */
  hadBy: z.array(z.string()),
  contactId: z.string(),
  conversationId: z.string().nullable(),
  channel: z.string(),
  language: z.enum(['ar', 'en']),
  behalf: behalf.nullable(),
  origin: origin.nullable(),
  openedAt: z.string(),
  acceptedAt: z.string().nullable(),
  /** When a person first answered. */
  respondedAt: z.string().nullable(),
  /** When it first went to a department. */
  routedAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** When its status last really changed, for "any update?" (EX-02). */
  statusAt: z.string(),
  /** The status to which it comes back after waiting. */
  resumesAs: ticketStatus.nullable(),
  pauses: z.array(pause),
  asked,
  answer: answer.nullable(),
  /** An answer to the person that waits for approval. */
  draft,
  /** What the person was last answered. */
  reply: reply.nullable(),
  /** The department that closing it counts for (TK-07). */
  creditedTo: z.string().nullable(),
  counts: z.object({
    transfers: z.number().int(),
    /** Department answers that the care unit sent back (KP-04). */
    sentBack: z.number().int(),
    reopened: z.number().int(),
    unsatisfied: z.number().int(),
    nudges: z.number().int(),
    calls: z.number().int(),
  }),
  escalation: z.object({ level: z.number().int(), at: z.string(), why: z.string() }).nullable(),
  objectionTo: z.string().nullable(),
  objections: z.array(z.string()),
  mergedInto: z.string().nullable(),
  stood: stood.nullish(),
  absorbed: z.array(z.string()),
  incidentId: z.string().nullable(),
  /** Where it lacks stock: what, and when it is expected (TK-08). */
  stock: z.object({ item: z.string(), since: z.string(), supplyOn: z.string().nullable() }).nullable(),
  /** The department on whose list of lacking stock it stands. */
  stockOf: z.string().nullable(),
  referralId: z.string().nullable(),
  dueAt: z.object({
    firstResponse: z.string().nullable(),
    routing: z.string().nullable(),
    resolution: z.string().nullable(),
  }),
  warned: z.array(clockDue),
  breached: z.array(clockDue),
  /** The running deadline that comes first; null where none runs. For what burns. */
  burnsAt: z.string().nullable(),
  /** When time next brings something to it; null where it brings nothing. */
  nextAt: z.string().nullable(),
  satisfaction: z.number().nullable(),
  /** How many events its ledger has: the seq of the last. */
  eventCount: z.number().int(),
  /** Its version after the last change that whoever acts must have seen. */
  actedVersion: z.number().int(),
  /** The cause that opened it: the same cause finds the same ticket. */
  causeKey: z.string(),
});
/** One matter with a number, a status, clocks and an owner: the fold of its events. */
export type Ticket = z.infer<typeof ticket>;

/** What a ticket has that nothing has happened to yet. */
export const untouched = {
  outcome: null,
  urgent: false,
  action: null,
  rootCause: null,
  fields: {},
  visibleTo: [],
  hiddenFrom: [],
  notBy: [],
  assigneeId: null,
  handlers: [],
  hadBy: [],
  behalf: null,
  origin: null,
  acceptedAt: null,
  respondedAt: null,
  routedAt: null,
  resolvedAt: null,
  closedAt: null,
  resumesAs: null,
  pauses: [],
  asked: null,
  answer: null,
  draft: null,
  reply: null,
  creditedTo: null,
  counts: { transfers: 0, sentBack: 0, reopened: 0, unsatisfied: 0, nudges: 0, calls: 0 },
  escalation: null,
  objectionTo: null,
  objections: [],
  mergedInto: null,
  absorbed: [],
  incidentId: null,
  stock: null,
  stockOf: null,
  referralId: null,
  warned: [],
  breached: [],
  burnsAt: null,
  nextAt: null,
  satisfaction: null,
  actedVersion: 1,
} satisfies Partial<Ticket>;

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
    { name: 'by-assignee', on: ['assigneeId', 'openedAt'] },
    { name: 'by-burning', on: ['urgent', 'burnsAt'] },
    { name: 'by-department-burning', on: ['departmentId', 'urgent', 'burnsAt'] },
    { name: 'by-assignee-burning', on: ['assigneeId', 'urgent', 'burnsAt'] },
    { name: 'by-next', on: ['nextAt'] },
    { name: 'by-stock', on: ['stockOf', 'openedAt'] },
    { name: 'by-incident', on: ['incidentId', 'openedAt'] },
  ],
  terms: ({ subject }) => tokens(subject),
  termsFrom: ['subject'],
  filters: ['status', 'type', 'departmentId', 'assigneeId', 'contactId', 'urgent'],
  feed: true,
};
