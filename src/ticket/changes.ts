import { z } from 'zod';
import { complexity, importance, neededAction, outcome, ticketStatus, ticketType } from './types.ts';

/** What was promised when it was said; what counts now stands in the ticket (`settle`). */
const promised = z.object({
  firstResponse: z.string().nullable(),
  routing: z.string().nullable().optional(),
  resolution: z.string().nullable(),
});

/** The values of a form's fields by id. What a person may be known by is sealed. */
export const fieldValues = z.record(z.string(), z.string());

/** Who is spoken for, where somebody writes for another (EX-08). */
export const behalf = z.object({ name: z.string(), relation: z.string() });

/** Another platform on which a matter was raised, and its number there (CH-19, TK-11). */
export const origin = z.object({ platform: z.string(), number: z.string() });

export const opened = z.object({
  kind: z.literal('opened'),
  type: ticketType,
  service: z.string().nullable(),
  subject: z.string(),
  importance,
  restricted: z.boolean(),
  departmentId: z.string(),
  contactId: z.string(),
  conversationId: z.string().nullable(),
  channel: z.string(),
  language: z.enum(['ar', 'en']),
  dueAt: promised,
  fields: fieldValues.optional(),
  urgent: z.boolean().optional(),
  behalf: behalf.optional(),
  origin: origin.optional(),
  /** The ticket to whose reply this one objects (ES-03). */
  objectionTo: z.string().optional(),
  /** Who may not handle it: the earlier handlers (ES-03, ES-05). */
  notBy: z.array(z.string()).optional(),
  /** Who may not know of it: the person complained of and those below (EX-01). */
  hiddenFrom: z.array(z.string()).optional(),
  /** The agents whom it is about (EX-01), for what comes again and again (ES-07). */
  about: z.array(z.string()).optional(),
  complexity: complexity.optional(),
});

const text = z.string();
const optionalText = z.string().optional();

/** What of a matter may be corrected; what is absent stays. */
const classified = z.object({
  kind: z.literal('classified'),
  type: ticketType.optional(),
  service: z.string().nullable().optional(),
  departmentId: z.string().optional(),
  importance: importance.optional(),
  complexity: complexity.optional(),
  action: neededAction.optional(),
  rootCause: z.string().nullable().optional(),
  urgent: z.boolean().optional(),
  fields: fieldValues.optional(),
  dueAt: promised.optional(),
});

/** Why a ticket is raised to a level above. */
export const raisedFor = z.enum(['overdue', 'person', 'untreated', 'staff', 'unsatisfied', 'objection', 'repetition']);
export type RaisedFor = z.infer<typeof raisedFor>;

/** The clocks of a ticket: until a person answers, until a department has it, until it is treated (SL-01). */
export const clockName = z.enum(['firstResponse', 'routing', 'resolution']);
export type ClockName = z.infer<typeof clockName>;

/** The path (WF-01 and after): who has the ticket, and what became of it. */
export const onThePath = [
  z.object({ kind: z.literal('accepted'), note: optionalText }),
  z.object({ kind: z.literal('rejected'), reason: text, guidance: optionalText }),
  z.object({
    kind: z.literal('transferred'),
    departmentId: text,
    assigneeId: z.string().nullable(),
    note: optionalText,
  }),
  z.object({ kind: z.literal('assigned'), assigneeId: z.string().nullable(), note: optionalText }),
  z.object({ kind: z.literal('started'), note: optionalText }),
  /** The department's answer, without which a ticket does not come back (TK-05), with the dates that its service asks for (TK-06). */
  z.object({
    kind: z.literal('returned'),
    text,
    doneOn: z.string().nullable(),
    visitOn: z.string().nullable(),
  }),
  /** The care unit was not content with the department's answer (KP-04). */
  z.object({ kind: z.literal('sent-back'), reason: text, assigneeId: z.string().nullable() }),
  /** A sensitive answer waits for somebody's approval (EX-09). */
  z.object({
    kind: z.literal('reply-drafted'),
    text,
    /** The outcome with which the ticket is resolved once it is approved. */
    resolves: outcome.optional(),
    note: optionalText,
  }),
  z.object({ kind: z.literal('reply-declined'), reason: text }),
  z.object({ kind: z.literal('replied'), text }),
  z.object({ kind: z.literal('resolved'), outcome, note: optionalText }),
  /** `how`: the person said it is solved, said nothing for the set time, staff closed it, or it ended otherwise. */
  z.object({
    kind: z.literal('closed'),
    how: z.enum(['confirmed', 'silence', 'staff', 'no-data', 'merged', 'incident']),
    outcome: outcome.optional(),
    creditedTo: z.string(),
    note: optionalText,
  }),
  /** It goes on: with the care unit, or with the department that had it. */
  z.object({
    kind: z.literal('reopened'),
    why: z.enum(['person', 'data', 'stock', 'staff', 'escalated', 'unmerged']),
    status: ticketStatus,
    note: optionalText,
  }),
  /** The person is not satisfied: round by round back to the department, to somebody else (WF-06, ES-05). */
  z.object({
    kind: z.literal('unsatisfied'),
    text,
    departmentId: text,
    assigneeId: z.string().nullable(),
    status: ticketStatus,
  }),
] as const;

/** Waiting, for whom, and how it ends. */
export const onWaiting = [
  /** `stops`: the treatment clock stands still meanwhile (SL-05). */
  z.object({
    kind: z.literal('paused'),
    reason: text,
    status: ticketStatus,
    stops: z.boolean(),
    note: optionalText,
  }),
  z.object({ kind: z.literal('resumed'), note: optionalText }),
  /** The person is asked for what is missing (IN-14); the second time with the day by which it is closed (IN-15). */
  z.object({
    kind: z.literal('data-asked'),
    text,
    fields: z.array(z.string()),
    round: z.union([z.literal(1), z.literal(2)]),
  }),
  /** Whether what was asked reached the person: where it did not, no time runs against them (TK-12). */
  z.object({ kind: z.literal('asking-told'), arrived: z.boolean() }),
  z.object({ kind: z.literal('data-given'), messageId: z.string().nullable() }),
  /** A call to the person, and what came of it (TK-12). */
  z.object({
    kind: z.literal('call-tried'),
    result: z.enum(['reached', 'no-answer', 'busy', 'switched-off', 'wrong-number']),
    note: optionalText,
  }),
  /** What was decided where the person cannot be reached (TK-12). */
  z.object({ kind: z.literal('decided'), text }),
  z.object({
    kind: z.literal('referred'),
    referralId: text,
    bodyId: text,
    /** The person agreed that the body is given their number (WF-08). */
    consent: z.boolean(),
  }),
  z.object({ kind: z.literal('referral-answered'), referralId: text, text }),
  z.object({ kind: z.literal('referral-ended'), referralId: text, why: z.enum(['withdrawn', 'expired']) }),
  /** Closed as not done for lack of stock: it waits on its department's list (TK-08). */
  z.object({ kind: z.literal('stock-awaited'), item: text }),
  z.object({ kind: z.literal('supply-dated'), supplyOn: text }),
  z.object({ kind: z.literal('stock-arrived') }),
] as const;

/** What raises a ticket, ties it to others, or keeps it from people. */
export const onStanding = [
  z.object({ kind: z.literal('escalation-asked'), text }),
  z.object({
    kind: z.literal('escalated'),
    level: z.number().int().positive(),
    why: raisedFor,
    /** Agents whom it reaches. */
    to: z.array(z.string()),
    /** Where it goes over to one of them. */
    assigneeId: z.string().nullable().optional(),
  }),
  z.object({ kind: z.literal('objected'), number: text }),
  z.object({ kind: z.literal('warned'), clock: clockName, dueAt: text }),
  z.object({ kind: z.literal('breached'), clock: clockName, dueAt: text }),
  /** "Any update?" (EX-02). */
  z.object({ kind: z.literal('nudged'), messageId: z.string().nullable() }),
  z.object({ kind: z.literal('merged'), into: text }),
  z.object({ kind: z.literal('absorbed'), number: text }),
  z.object({ kind: z.literal('released'), number: text }),
  z.object({ kind: z.literal('incident-linked'), incidentId: z.string().nullable() }),
  z.object({
    kind: z.literal('kept'),
    restricted: z.boolean(),
    visibleTo: z.array(z.string()),
    hiddenFrom: z.array(z.string()),
    about: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('surveyed'), surveyId: text }),
  z.object({
    kind: z.literal('rated'),
    /** The service, and how the employee was (SV-03). */
    score: z.number().int().min(1).max(5),
    employee: z.number().int().min(1).max(5).optional(),
    comment: optionalText,
  }),
] as const;

/** What happens to a ticket without changing its way. */
export const onTheSide = [
  classified,
  z.object({ kind: z.literal('message-added'), messageId: text }),
  z.object({ kind: z.literal('message-removed'), messageId: text }),
  /** Of ledgers from before the path had steps of its own. */
  z.object({ kind: z.literal('status-changed'), status: ticketStatus, note: optionalText }),
  z.object({ kind: z.literal('responded') }),
  /** `to`: for whom it is meant (TK-04). */
  z.object({ kind: z.literal('noted'), text, to: z.enum(['head', 'everybody']).optional() }),
  /** The person was told why it takes longer, and when an answer may be expected (WF-17). */
  z.object({ kind: z.literal('delay-told'), reason: text, expectedAt: text }),
  /** Its person turned out to be the same as another, or not to be. */
  z.object({ kind: z.literal('contact-changed'), contactId: text }),
] as const;
