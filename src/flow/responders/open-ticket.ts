import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';

/** Does the text speak plainly of another service than the ticket's? */
const anotherService = (context: Context, service: string | null): boolean => {
  const said = context.understood.service;
  return said !== null && service !== null && said.id !== service && said.confidence >= 0.6;
};

const add = (context: Context, number: string): Contribution => {
  const messageIds = context.turn.messages.map((message) => message.id);
  const last = messageIds.at(-1) ?? '';
  // in a chat the same words would follow each line; a letter is answered each time
  const saidAlready = context.lastTemplate === 'added-to-ticket' && context.capabilities.form === 'chat';
  const say: Action = {
    do: 'say',
    template: 'added-to-ticket',
    values: { number },
    quickReplies: [
      choice(`separate:${last}`, context.title('separate')),
      choice(`status:${number}`, context.title('status')),
    ],
  };
  return {
    actions: [{ do: 'link', messageIds, ticketNumber: number }, ...(saidAlready ? [] : [say])],
    reasons: [`open ticket: added to ${number}${saidAlready ? ', was told so just before' : ''}`],
    end: true,
  };
};

/**
 * After a ticket was opened, what else the person writes lands on it, unless it plainly is another matter: a question
 * that the knowledge bank answers, or words of another service. The person can say "another matter" (lessons 44).
 */
export const openTicket: Responder = (context) => {
  const { conversation, turn, understood, openTickets } = context;
  const ticket = openTickets.find((one) => one.number === conversation.openTicket);
  if (!ticket || conversation.dialogue.awaiting !== null) return null;
  if (understood.yesNo === 'no')
    return { actions: [{ do: 'say', template: 'helped-sober' }], reasons: ['open ticket: nothing more'], end: true };
  if (understood.yesNo) return { actions: [], reasons: ['open ticket: a bare yes'], end: true };
  if (turn.hasMedia && understood.restOfText.trim() === '') return add(context, ticket.number);
  if (!understood.meaningful || understood.restOfText.trim() === '') return null;
  if (context.ask(understood.restOfText).outcome === 'answer' || anotherService(context, ticket.service)) return null;
  return add(context, ticket.number);
};
