import type { Principal } from '../agent/principal.ts';
import { may } from '../agent/roles.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** What of a ticket decides who may know of it. */
export type Standing = Pick<Ticket, 'restricted' | 'assigneeId' | 'visibleTo' | 'hiddenFrom'>;

/**
 * May somebody of staff know of the ticket at all (EX-01)? Never whom it is kept from, whatever their role; a restricted one
 * only its assignee, the people who are named for it, and those above.
 */
export const maySee = (
  by: Pick<Principal, 'id' | 'role'>,
  { restricted, assigneeId, visibleTo, hiddenFrom }: Standing,
): boolean =>
  !hiddenFrom.includes(by.id) &&
  (!restricted || assigneeId === by.id || visibleTo.includes(by.id) || may(by.role, 'tickets.restricted'));
