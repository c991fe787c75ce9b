import { z } from 'zod';
import type { Collection } from '../store/port.ts';
import type { Ticket } from './ticket.ts';
import { importance, ticketStatus, ticketType } from './types.ts';

const due = z.object({ firstResponse: z.string().nullable(), resolution: z.string().nullable() });

const opened = z.object({
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
  dueAt: due,
});

/** What can happen to a ticket. The casework issue adds the rest of the path; events are only ever added. */
export const ticketChange = z.discriminatedUnion('kind', [
  opened,
  z.object({
    kind: z.literal('classified'),
    type: ticketType.optional(),
    service: z.string().nullable().optional(),
    departmentId: z.string().optional(),
    importance: importance.optional(),
    dueAt: due.optional(),
  }),
  z.object({ kind: z.literal('message-added'), messageId: z.string() }),
  z.object({ kind: z.literal('message-removed'), messageId: z.string() }),
  z.object({ kind: z.literal('status-changed'), status: ticketStatus, note: z.string().optional() }),
  z.object({ kind: z.literal('assigned'), assigneeId: z.string().nullable() }),
  z.object({ kind: z.literal('responded') }),
  z.object({ kind: z.literal('noted'), text: z.string() }),
  /** The person was told why it takes longer, and when an answer may be expected (WF-17). */
  z.object({ kind: z.literal('delay-told'), reason: z.string(), expectedAt: z.string() }),
  z.object({ kind: z.literal('escalation-asked'), text: z.string() }),
  /** Its person turned out to be the same as another, or not to be. */
  z.object({ kind: z.literal('contact-changed'), contactId: z.string() }),
  z.object({ kind: z.literal('rated'), score: z.number().int().min(1).max(5) }),
]);
export type TicketChange = z.infer<typeof ticketChange>;

export const actor = z.object({ kind: z.enum(['contact', 'assistant', 'agent', 'system']), id: z.string().nullable() });
export type Actor = z.infer<typeof actor>;

export const ticketEvent = z.object({
  id: z.string(),
  version: z.number().int(),
  ticketNumber: z.string(),
  /** Place in the ticket's ledger, from 1. */
  seq: z.number().int().positive(),
  at: z.string(),
  actor,
  /** Why: the message, decision or request that caused it. */
  cause: z.string(),
  change: ticketChange,
});
/** One line of a ticket's ledger: never edited, never deleted. */
export type TicketEvent = z.infer<typeof ticketEvent>;

export const ticketEvents: Collection<TicketEvent> = {
  name: 'ticketEvents',
  schema: ticketEvent,
  indexes: [{ name: 'by-ticket', on: ['ticketNumber', 'seq'], unique: true }],
};

type Opened = z.infer<typeof opened>;

const openTicket = (event: TicketEvent, change: Opened): Ticket => ({
  id: event.ticketNumber,
  version: 1,
  number: event.ticketNumber,
  type: change.type,
  service: change.service,
  subject: change.subject,
  status: 'new',
  outcome: null,
  importance: change.importance,
  complexity: 'routine',
  restricted: change.restricted,
  departmentId: change.departmentId,
  assigneeId: null,
  contactId: change.contactId,
  conversationId: change.conversationId,
  channel: change.channel,
  language: change.language,
  openedAt: event.at,
  acceptedAt: null,
  respondedAt: null,
  statusAt: event.at,
  dueAt: change.dueAt,
  satisfaction: null,
  eventCount: event.seq,
  causeKey: event.cause,
});

type Later = Exclude<TicketChange, Opened>;

const changeTicket = (ticket: Ticket, at: string, change: Later): Ticket => {
  switch (change.kind) {
    case 'classified': {
      const { kind: _, ...facts } = change;
      const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
      return { ...ticket, ...given };
    }
    case 'status-changed':
      return { ...ticket, status: change.status, statusAt: at };
    case 'assigned':
      return { ...ticket, assigneeId: change.assigneeId };
    case 'responded':
      return { ...ticket, respondedAt: ticket.respondedAt ?? at };
    case 'contact-changed':
      return { ...ticket, contactId: change.contactId };
    case 'rated':
      return { ...ticket, satisfaction: change.score };
    default:
      return ticket;
  }
};

/** The ticket after one more event; the first event must be `opened`. The store counts `version`, not this. Pure. */
export function applyEvent(ticket: Ticket | null, event: TicketEvent): Ticket {
  if (event.change.kind === 'opened') return openTicket(event, event.change);
  if (!ticket) throw new Error(`ticket ${event.ticketNumber}: its ledger does not begin with "opened"`);
  return { ...changeTicket(ticket, event.at, event.change), eventCount: event.seq };
}

/** The ticket that a whole ledger makes, or null of an empty one. Pure. */
export const foldTicket = (events: readonly TicketEvent[]): Ticket | null =>
  events.reduce<Ticket | null>((ticket, event) => applyEvent(ticket, event), null);
