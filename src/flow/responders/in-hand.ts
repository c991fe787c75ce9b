import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice } from '../context.ts';

/** A ticket of this person by its number; of one that was merged the one that goes on with it, where that is theirs too. */
export function theirs({ ownTickets, named, survivors, contact }: Context, number: string | null): Ticket | null {
  const known = [...ownTickets, ...named].find((one) => one.number === number) ?? null;
  if (!known?.mergedInto) return known;
  const survivor = survivors.get(known.number);
  return survivor?.contactId === contact.id ? survivor : null;
}

/** The open ticket on which what the person writes lands. */
export function ticketInHand(context: Context): Ticket | null {
  const { conversation, openTickets } = context;
  const ticket = theirs(context, conversation.openTicket);
  return openTickets.find(({ number }) => number === ticket?.number) ?? null;
}

/** The open ticket that is named by its number, or that goes on with the one that is. */
export function ticketNamed(context: Context): Ticket | null {
  const ticket = theirs(context, context.understood.ticketNumbers[0] ?? null);
  return context.openTickets.find(({ number }) => number === ticket?.number) ?? null;
}

export const messageIdsOf = ({ turn }: Context): string[] => turn.messages.map(({ id }) => id);

export const forget: Action = { do: 'dialogue', set: { awaiting: null } };

/** A number that is not of this person, or none of ours: they are told the same of both (lessons 39). */
export const notKnown = ({ title }: Context, number: string, reason: string): Contribution => ({
  actions: [
    forget,
    { do: 'say', template: 'ticket-unknown', values: { number }, quickReplies: [choice('agent', title('agent'))] },
  ],
  reasons: [reason],
  end: true,
});

/** Of a restricted matter the words stay in the conversation that it came from. */
const titleOf = ({ conversation }: Context, { number, subject, restricted, conversationId }: Ticket): string =>
  restricted && conversationId !== conversation.id ? number : `${number} ${subject}`.slice(0, 60);

const mostChoices = 5;

/** The one in hand, then those of which something became last. */
const latestFirst = ({ conversation }: Context, several: readonly Ticket[]): Ticket[] => {
  const touchedAt = ({ number, statusAt, openedAt, escalation }: Ticket): string =>
    number === conversation.openTicket ? '9999' : ([statusAt, openedAt, escalation?.at ?? ''].sort().at(-1) ?? '');
  return [...several].sort((one, other) => touchedAt(other).localeCompare(touchedAt(one)));
};

/** Several tickets may be meant: the person picks one. */
export const whichOf = (
  context: Context,
  several: readonly Ticket[],
  { prefix, reason }: { prefix: 'status' | 'escalate' | 'object'; reason: string },
): Contribution => ({
  actions: [
    forget,
    {
      do: 'say',
      template: 'which-ticket',
      values: { count: several.length, shown: Math.min(several.length, mostChoices) },
      quickReplies: latestFirst(context, several)
        .slice(0, mostChoices)
        .map((one) => choice(`${prefix}:${one.number}`, titleOf(context, one))),
    },
  ],
  reasons: [reason],
  end: true,
});
