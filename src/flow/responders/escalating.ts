import { type MayEscalate, mayEscalate } from '../../casework/may-escalate.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice } from '../context.ts';
import { forget, notKnown, theirs, whichOf } from './in-hand.ts';
import { mayObjectTo } from './objecting.ts';

const end = (reason: string, ...actions: Action[]): Contribution => ({
  actions,
  reasons: [`escalation: ${reason}`],
  end: true,
});

const textOf = ({ turn, title }: Context): string => turn.words.trim() || title('escalate');

/** It is raised, and told who follows it; people are called to the conversation besides. */
const raised = (context: Context, { number }: Ticket): Contribution =>
  end(
    `${number} is raised`,
    { do: 'raise', ticketNumber: number, text: textOf(context) },
    { do: 'take-in-hand', ticketNumber: number },
    { do: 'handoff' },
    { do: 'dialogue', set: { awaiting: null, waitingToldAt: context.now } },
    { do: 'say', template: 'escalation-noted', values: { number, raisedTo: '', hours: context.hours } },
  );

/** Why it is not possible, or not yet: the honest answer with the promised time, and what remains (ES-01). */
function refused(context: Context, ticket: Ticket, may: MayEscalate & { eligible: false }): Contribution {
  const { title } = context;
  const { number } = ticket;
  const canObject = mayObjectTo(context, ticket).eligible;
  const promisedAt = 'promisedAt' in may ? may.promisedAt : null;
  return end(
    `${number} cannot be raised: ${may.reason}`,
    { do: 'escalate', ticketNumber: number, text: textOf(context) },
    forget,
    {
      do: 'say',
      template: 'escalation-not-possible',
      values: { number, reason: may.reason, status: ticket.status, promisedAt, canObject },
      quickReplies: [
        ...(canObject ? [choice(`object:${number}`, title('object'))] : []),
        choice(`status:${number}`, title('status')),
        choice('agent', title('agent')),
      ],
    },
  );
}

function escalateOne(context: Context, ticket: Ticket): Contribution {
  const may = mayEscalate(ticket, context.now);
  return may.eligible ? raised(context, ticket) : refused(context, ticket, may);
}

function meant(context: Context): Ticket | null | undefined {
  const { turn, understood } = context;
  const number = /^escalate:(\d+)$/.exec(turn.tapped ?? '')?.[1] ?? understood.ticketNumbers[0];
  return number === undefined ? undefined : theirs(context, number);
}

/** Those that may be raised now; where none may, those that are open, so that the person hears why not. */
function candidates({ ownTickets, openTickets, now }: Context): Ticket[] {
  const possible = ownTickets.filter((one) => mayEscalate(one, now).eligible);
  return possible.length > 0 ? possible : openTickets;
}

/** The person raises a matter (ES-01, ES-02): by its number, or the only one that it can be. Null where they have none. */
export function escalate(context: Context): Contribution | null {
  const named = meant(context);
  if (named === null)
    return notKnown(context, context.understood.ticketNumbers[0] ?? '', 'escalation: of a ticket that is not theirs');
  if (named) return escalateOne(context, named);
  const [only, ...others] = candidates(context);
  if (only && others.length > 0)
    return whichOf(context, [only, ...others], { prefix: 'escalate', reason: 'escalation: several may be meant' });
  const last = only ?? context.ownTickets[0];
  return last ? escalateOne(context, last) : null;
}
