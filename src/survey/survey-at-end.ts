import { keyed } from '../ids.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { SkipReason, Survey } from './survey.ts';

type End = Extract<TicketChange, { kind: 'closed' | 'rejected' | 'merged' }>;

const isEnd = (change: TicketChange): change is End =>
  change.kind === 'closed' || change.kind === 'rejected' || change.kind === 'merged';

/** After these ends there is nothing to ask about. */
const silentEnds: Partial<Record<(End & { kind: 'closed' })['how'], SkipReason>> = {
  'no-data': 'no-data',
  merged: 'merged',
  incident: 'incident',
};

/** Why nobody is asked after this end, as far as the ticket tells; the rest is decided when the person would be asked. */
function whySkipped({ restricted, mergedInto, incidentId }: Ticket, end: End): SkipReason | null {
  if (end.kind !== 'closed') return end.kind;
  const silent = silentEnds[end.how];
  if (silent) return silent;
  if (mergedInto !== null) return 'merged';
  if (incidentId !== null) return 'incident';
  return restricted ? 'restricted' : null;
}

/**
 * The survey that follows from changes which ended a ticket, due at once; one that is skipped keeps why. Null where the
 * ticket did not end by them. Pure; the same cause makes the same survey.
 */
export function surveyAtEnd(
  ticket: Ticket,
  changes: readonly TicketChange[],
  { cause, at }: { cause: string; at: string },
): Survey | null {
  const end = changes.findLast(isEnd);
  if (!end) return null;
  const skipReason = whySkipped(ticket, end);
  const { number: ticketNumber, contactId, reply, answer, assigneeId, handlers } = ticket;
  return {
    id: keyed('survey', ticketNumber, cause),
    version: 1,
    ticketNumber,
    contactId,
    agentId: answer?.byId ?? reply?.byId ?? assigneeId ?? handlers.at(-1) ?? null,
    departmentId: ticket.creditedTo ?? ticket.departmentId,
    at,
    sentAt: null,
    via: null,
    state: skipReason === null ? 'waiting' : 'skipped',
    skipReason,
    remindAt: null,
    remindedAt: null,
    expiresAt: null,
    service: null,
    employee: null,
    comment: null,
    answeredAt: null,
    addedAt: null,
    reopened: false,
    nextAt: skipReason === null ? at : null,
  };
}
