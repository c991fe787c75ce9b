import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { likenessOfStems } from '../same-matter.ts';
import { greet, wasGreetedLately } from './greeting.ts';
import { ticketInHand, ticketNamed } from './in-hand.ts';
import { partWays } from './taking-leave.ts';

/** Does the text speak plainly of another service than the ticket's? */
export const anotherService = (context: Context, service: string | null): boolean => {
  const said = context.understood.service;
  return said !== null && service !== null && said.id !== service && said.confidence >= 0.6;
};

const goesOn: Action = { do: 'dialogue', set: { parted: false } };

/** The person took leave of the matter, or comes back with a greeting after a long while. */
export const isNewBeginning = (context: Context): boolean =>
  (context.conversation.dialogue.parted ?? false) ||
  (context.capabilities.form === 'chat' && context.understood.greeting !== null && !wasGreetedLately(context));

/** A few words with a number in them and no question: a place, a date, an asset. */
export const isDetail = (text: string): boolean =>
  /\p{Nd}/u.test(text) && !/[?؟]/.test(text) && text.trim().split(/\s+/).length <= 8;

/** Nothing but a place or a number: "building 7". */
const isBareDetail = (text: string): boolean => isDetail(text) && text.trim().split(/\s+/).length <= 3;

/** A question by its sign, or by how it is put. */
export const asks = ({ understood: { type, restOfText } }: Context): boolean =>
  /[?؟]/.test(restOfText) || (type.id === 'inquiry' && type.confidence >= 0.75);

/** Words that plainly go on with the ticket: they name a request, tell a detail of it, or answer what people asked. */
export function speaksOf(context: Context, ticket: Ticket): boolean {
  const { understood, turn } = context;
  const words = understood.restOfText.trim();
  if (understood.ofRequest || understood.ticketNumbers.length > 0) return true;
  if (words === '') return turn.hasMedia;
  if (asks(context)) return false;
  if (ticket.status === 'pending_customer') return true;
  return isDetail(words) || likenessOfStems(words, ticket.subject) >= 0.5;
}

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
    actions: [
      // a greeting is returned also where nothing else is said
      ...(context.understood.greeting === null ? [] : greet(context, context.contact.name ?? '')),
      { do: 'link', messageIds, ticketNumber: number },
      { do: 'take-in-hand', ticketNumber: number },
      goesOn,
      ...(saidAlready ? [] : [say]),
    ],
    reasons: [`open ticket: added to ${number}${saidAlready ? ', was told so just before' : ''}`],
    end: true,
  };
};

/** The bank is asked first: what it answers for sure is a question of its own; a bare detail is none. */
export function isOfTicket(context: Context, ticket: Ticket): boolean {
  const { understood } = context;
  if (isNewBeginning(context) && !speaksOf(context, ticket)) return false;
  if (anotherService(context, ticket.service)) return false;
  if (isBareDetail(understood.restOfText)) return true;
  const { outcome } = context.ask(understood.restOfText);
  // who greets before a question begins anew
  const beginsAnew = understood.greeting !== null && asks(context) && !speaksOf(context, ticket);
  return outcome !== 'answer' && !(beginsAnew && outcome === 'choose');
}

/**
 * After a ticket was opened, what else the person writes lands on it, unless it plainly is another matter: a question
 * that the knowledge bank answers, or words of another service. Once the person took leave, only what speaks of the
 * ticket does. The person can say "another matter" (lessons 44).
 */
export const openTicket: Responder = (context) => {
  const { conversation, turn, understood } = context;
  const named = ticketNamed(context);
  const ticket = named ?? ticketInHand(context);
  if (!ticket || conversation.dialogue.awaiting !== null) return null;
  if (understood.yesNo === 'no')
    return {
      actions: [partWays, { do: 'say', template: 'helped-sober' }],
      reasons: ['open ticket: nothing more'],
      end: true,
    };
  if (understood.yesNo) return { actions: [], reasons: ['open ticket: a bare yes'], end: true };
  if (turn.hasMedia && understood.restOfText.trim() === '') return add(context, ticket.number);
  if (!understood.meaningful || understood.restOfText.trim() === '') return null;
  if (understood.announces || (!named && !isOfTicket(context, ticket))) return null;
  return add(context, ticket.number);
};
