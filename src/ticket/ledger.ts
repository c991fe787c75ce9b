import { keyed } from '../ids.ts';
import type { Op, Update } from '../store/port.ts';
import { surveys } from '../survey/survey.ts';
import { surveyAtEnd } from '../survey/survey-at-end.ts';
import { type Actor, type TicketChange, type TicketEvent, ticketEvents } from './events.ts';
import { applyEvent, isQuiet } from './fold.ts';
import { mattersOf } from './matters.ts';
import { type Ticket, tickets } from './ticket.ts';
import { hearOf } from './untallied.ts';

/** Computes anew what follows from a ticket's ledger by what the organisation has decided: its clocks, and when time next brings something. */
export type Settle = (ticket: Ticket) => Ticket;

export interface Entry {
  number: string;
  at: string;
  actor: Actor;
  cause: string;
  /** Absent only where no change touches a clock or what time brings. */
  settle?: Settle;
}

/** A first response promised within this is kept by what answers at once: the assistant, or the agent at the desk. */
const atOnceMs = 60_000;

/** What follows from opening a ticket: where the first response is promised at once, it has just been given. */
export const opening = (opened: TicketChange & { kind: 'opened' }, at: string): TicketChange[] => {
  const due = opened.dueAt.firstResponse;
  const atOnce = due !== null && Date.parse(due) - Date.parse(at) <= atOnceMs;
  return atOnce ? [opened, { kind: 'responded' }] : [opened];
};

/** The operations that add changes to a ticket's ledger, and the ticket after them. Keyed by cause and place. */
export function enter(
  ticket: Ticket | null,
  changes: readonly TicketChange[],
  entry: Entry,
): { ops: Op[]; ticket: Ticket } {
  let after = ticket;
  let place = 0;
  const ops: Op[] = [];
  const add = (change: TicketChange): void => {
    const event: TicketEvent = {
      id: keyed('ticket-event', entry.cause, entry.number, place++),
      version: 1,
      ticketNumber: entry.number,
      seq: (after?.eventCount ?? 0) + 1,
      at: entry.at,
      actor: entry.actor,
      cause: entry.cause,
      change,
    };
    after = applyEvent(after, event);
    ops.push({ op: 'insert', in: ticketEvents, document: event, onDuplicate: 'keep' });
  };
  changes.forEach(add);
  // whatever ends a ticket, by whoever it comes, the person may be asked how it was
  const survey = after && surveyAtEnd(after, changes, entry);
  if (survey) ops.push({ op: 'insert', in: surveys, document: survey, onDuplicate: 'keep' });
  if (survey?.state === 'waiting') add({ kind: 'surveyed', surveyId: survey.id });
  if (!after) throw new Error('a ledger entry needs at least one change');
  after = entry.settle?.(after) ?? after;
  if (ticket && !changes.every((one) => isQuiet(one, entry.actor)))
    after = { ...after, actedVersion: ticket.version + 1 };
  ops.push(ticket ? replace(ticket, after) : { op: 'insert', in: tickets, document: after, onDuplicate: 'keep' });
  ops.push(...hearOf(changes, after, entry.at), ...mattersOf(changes, after, entry.at));
  return { ops, ticket: after };
}

const replace = (before: Ticket, after: Ticket): Update<Ticket> => {
  const { id: _id, version: _version, ...set } = after;
  return { op: 'update', in: tickets, id: before.id, expect: before.version, set };
};
