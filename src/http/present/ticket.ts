import type { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import { ticketEvent } from '../../ticket/events.ts';
import { type Ticket, ticket } from '../../ticket/ticket.ts';

export const ticketReply = ticket.omit({ id: true, causeKey: true, eventCount: true }).meta({ id: 'Ticket' });
export type TicketReply = z.infer<typeof ticketReply>;

export const ticketEventReply = ticketEvent.omit({ version: true, cause: true }).meta({ id: 'TicketEvent' });

/** A ticket as the API shows it. */
export const presentTicket = ({ id: _i, causeKey: _c, eventCount: _e, ...shown }: Ticket): TicketReply => shown;

/** May this principal see the ticket at all? A restricted one only its assignee and those above (EX-01). */
export const maySee = (by: Principal, { restricted, assigneeId }: Ticket): boolean =>
  !restricted || assigneeId === by.id || may(by.role, 'tickets.restricted');
