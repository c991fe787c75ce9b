import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import type { Context } from '../context.ts';
import { isOver } from '../ticket-facts.ts';

/** A question how an open ticket stands is kept with it; from some on its head hears of them (EX-02). */
export const nudge = ({ turn }: Context, ticket: Ticket): Action[] =>
  isOver(ticket) || ticket.status === 'resolved'
    ? []
    : [{ do: 'nudge', ticketNumber: ticket.number, messageId: turn.messages.at(-1)?.id ?? null }];
