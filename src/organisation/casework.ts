import { z } from 'zod';
import { bothTexts } from '../language/language.ts';
import { ticketStatus, ticketType } from '../ticket/types.ts';
import { duration } from './duration.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'small letters, digits, hyphens and underscores');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as 07:30');
const types = z.array(ticketType);

/** What a form may ask (IN-07, EX-13). `national-id` is kept sealed and shown masked; `reference` is the number of an earlier request. */
export const fieldKinds = ['text', 'choice', 'date', 'number', 'file', 'national-id', 'reference'] as const;

/** One field of the form of a type, of a service, or of both together; absent conditions match everything (TY-01..15). */
export const formField = z.object({
  id: slug,
  name: bothTexts,
  /** What is asked for it in a chat; absent: its name. */
  question: bothTexts.optional(),
  kind: z.enum(fieldKinds),
  required: z.boolean(),
  choices: z.array(z.object({ id: slug, name: bothTexts })).optional(),
  types: types.optional(),
  services: z.array(z.string()).optional(),
});
export type FormField = z.infer<typeof formField>;

/**
 * A condition under which a matter is accepted (IN-11, IN-21). `field-given`: that field is filled; `reference-overdue`: the
 * request that is named was promised for a time that has passed; `category`: the person belongs to one of these. All
 * conditions that share a `group` may stand for one another: one of them is enough.
 */
export const acceptanceRule = z.object({
  id: slug,
  name: bothTexts,
  group: slug.optional(),
  types: types.optional(),
  services: z.array(z.string()).optional(),
  rule: z.discriminatedUnion('is', [
    z.object({ is: z.literal('field-given'), field: slug }),
    z.object({ is: z.literal('field-equals'), field: slug, value: z.string() }),
    z.object({ is: z.literal('reference-overdue'), field: slug }),
    z.object({ is: z.literal('category'), in: z.array(z.string()).min(1) }),
  ]),
});
export type AcceptanceRule = z.infer<typeof acceptanceRule>;

/** Whom a level of a ladder reaches. */
export const raisedTo = z.enum(['assignee', 'head', 'supervisor', 'management', 'agents']);
export type RaisedTo = z.infer<typeof raisedTo>;

/** A ladder (ES-01..07): its levels one after the other, each so long after the deadline passed. */
export const ladder = z.object({
  id: slug,
  types: types.optional(),
  levels: z
    .array(
      z.object({
        after: duration,
        to: raisedTo,
        /** With `agents`: whom. */
        agentIds: z.array(z.string()).optional(),
        /** The ticket goes over to the first of them. */
        moves: z.boolean().optional(),
      }),
    )
    .min(1),
});
export type Ladder = z.infer<typeof ladder>;

/** A body outside, to which a matter may be referred (RO-08). */
export const outsideBody = z.object({
  id: slug,
  name: bothTexts,
  email: z.string().optional(),
  phone: z.string().optional(),
});
export type OutsideBody = z.infer<typeof outsideBody>;

/** How tickets are handled: forms, conditions, reasons, ladders, times. */
export const casework = z.object({
  forms: z.array(formField),
  conditions: z.array(acceptanceRule),
  /** Why people complain (TY-15). */
  rootCauses: z.array(z.object({ id: slug, name: bothTexts })),
  /** Why a ticket waits: the status that it has meanwhile, and whether its treatment clock stands (SL-05). */
  pauses: z.array(z.object({ id: slug, name: bothTexts, status: ticketStatus, stops: z.boolean() })).min(1),
  bodies: z.array(outsideBody),
  ladders: z.array(ladder),
  /** Services whose department's answer needs a date: of completion, or of a visit; one of the two is enough for `either` (TK-06). */
  answerDates: z.array(z.object({ services: z.array(z.string()), needs: z.enum(['done', 'visit', 'either']) })),
  /** Types whose answers wait for somebody's approval; restricted tickets always do where `restricted` says so (EX-09). */
  approval: z.object({ types, restricted: z.boolean() }),
  /** Agents who are told of what came from another platform (WF-16), and who see reports of harassment and corruption (EX-01). */
  coordinators: z.array(z.string()),
  confidants: z.array(z.string()),
  times: z.object({
    /** A share of the promised time after which staff are warned. */
    warnAt: z.number().min(0.1).max(0.99),
    /** After the first asking for data the person is contacted again (IN-15)... */
    askAgain: duration,
    /** ...and so long after this second contact the ticket is closed. */
    closeWithoutData: duration,
    /** So long afterwards the person may still come back to it. */
    grace: duration,
    /** Silence after the answer that counts as "it is solved". */
    confirm: duration,
    /** An outside body is to answer within this, is reminded after that, and its link lives so long. */
    referral: z.object({ due: duration, remind: duration, expires: duration }),
    /** A survey is asked once more after this, and its link lives so long. */
    survey: z.object({ remind: duration, expires: duration }),
  }),
  /** From this round of dissatisfaction on management is told (WF-06). */
  unsatisfiedRounds: z.number().int().min(1).max(10),
  /** From so many nudges on the head is told (EX-02). */
  nudges: z.number().int().min(1).max(20),
  /** So many matters about one service or person in so many days are told to management (ES-07). */
  repetition: z.object({ count: z.number().int().min(2), days: z.number().int().min(1) }),
  /** When each department's head gets the weekly report, on the office calendar's wall clock (1.11). */
  weeklyReport: z.object({ day: z.enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']), at: clockTime }).nullable(),
});
export type Casework = z.infer<typeof casework>;
