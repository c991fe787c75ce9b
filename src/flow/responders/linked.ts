import type { Action } from '../actions.ts';
import type { Context } from '../context.ts';

/** A letter belongs to the ticket in hand, also where nothing is said to it. */
export const linked = ({ conversation, openTickets, turn, capabilities }: Context): Action[] => {
  const ticket = openTickets.find(({ number }) => number === conversation.openTicket);
  if (capabilities.form !== 'letter' || !ticket) return [];
  return [{ do: 'link', messageIds: turn.messages.map(({ id }) => id), ticketNumber: ticket.number }];
};
