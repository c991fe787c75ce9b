import type { Action } from '../actions.ts';
import type { Context } from '../context.ts';
import { messageIdsOf, ticketInHand } from './in-hand.ts';

/** A letter belongs to the ticket in hand, also where nothing is said to it. */
export const linked = (context: Context): Action[] => {
  const ticket = ticketInHand(context);
  if (context.capabilities.form !== 'letter' || !ticket) return [];
  return [{ do: 'link', messageIds: messageIdsOf(context), ticketNumber: ticket.number }];
};
