import type { z } from 'zod';
import { shownFields } from '../../casework/seal.ts';
import { type TicketEvent, ticketEvent } from '../../ticket/events.ts';
import { type Ticket, ticket } from '../../ticket/ticket.ts';

export { maySee } from '../../casework/may-see.ts';

export const ticketReply = ticket
  .omit({ id: true, causeKey: true, eventCount: true, actedVersion: true, stood: true })
  .meta({ id: 'Ticket' });
export type TicketReply = z.infer<typeof ticketReply>;

export const ticketEventReply = ticketEvent.omit({ version: true, cause: true }).meta({ id: 'TicketEvent' });
export type TicketEventReply = z.infer<typeof ticketEventReply>;

/** A ticket as the API shows it; what a person may be known by is masked. */
export const presentTicket = ({
  id: _i,
  causeKey: _c,
  eventCount: _e,
  actedVersion: _a,
  stood: _s,
  ...shown
}: Ticket): TicketReply => ({
  ...shown,
  fields: shownFields(shown.fields),
});

/** A line of a ledger as the API shows it; what a person may be known by is masked. */
export function presentTicketEvent({ version: _v, cause: _c, ...shown }: TicketEvent): TicketEventReply {
  const { change } = shown;
  const isForm = (change.kind === 'opened' || change.kind === 'classified') && change.fields !== undefined;
  return isForm ? { ...shown, change: { ...change, fields: shownFields(change.fields ?? {}) } } : shown;
}
