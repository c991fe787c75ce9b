import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { linked } from './linked.ts';
import { nudge } from './nudge.ts';

const wantsAssistant = ({ turn, understood }: Context): boolean =>
  turn.tapped === 'assistant' || understood.command === 'assistant';

const stillCounts = ({ turn, understood }: Context): boolean => turn.tapped === 'stop' || understood.command === 'stop';

/** "Any update?" has an answer also while nobody is there (EX-02). */
const asksForStatus = ({ turn, understood, openTickets }: Context): boolean =>
  (turn.tapped?.startsWith('status') ?? false) || (understood.command === 'status' && openTickets.length > 0);

/** An order that names a ticket by its number, or that number alone. */
function orderOnTicket({ turn, understood }: Context): 'status' | 'escalate' | 'object' | null {
  const tapped = /^(status|escalate|object):\d+$/.exec(turn.tapped ?? '')?.[1];
  if (tapped === 'status' || tapped === 'escalate' || tapped === 'object') return tapped;
  const { command, ticketNumbers, restOfText } = understood;
  if (turn.tapped !== null || ticketNumbers.length === 0) return null;
  if (command === 'escalate' || command === 'object' || command === 'status') return command;
  return restOfText.replace(/[\d\s\-#./]/g, '') === '' ? 'status' : null;
}

/** With an agent there nothing is said to it, but its ticket tells of it. */
function notedOnTicket(context: Context): Action[] {
  const order = orderOnTicket(context);
  const ticket = order && context.named[0];
  if (!ticket) return [];
  const { number: ticketNumber } = ticket;
  const { turn, title } = context;
  if (order === 'status') return nudge(context, ticket);
  return [{ do: 'escalate', ticketNumber, text: turn.words.trim() || title(order) }];
}

const resume = ({ title }: Context): Contribution => ({
  actions: [
    { do: 'resume' },
    { do: 'say', template: 'assistant-back', quickReplies: [choice('agent', title('agent'))] },
  ],
  reasons: ['agent here: the person asked for the assistant again'],
  end: true,
});

/** Tells once an hour that the message is with the people's queue, so that nobody writes into silence (lessons 4, 56). */
const waiting = (context: Context): Contribution => {
  const { conversation, hours, now, title } = context;
  const told = conversation.dialogue.waitingToldAt;
  const quiet = told !== null && Date.parse(now) - Date.parse(told) < 3_600_000;
  if (quiet)
    return { actions: [], reasons: ['agent here: waits for an agent, was told so within the hour'], end: true };
  return {
    actions: [
      { do: 'dialogue', set: { waitingToldAt: now } },
      {
        do: 'say',
        template: 'still-waiting',
        values: { hours },
        quickReplies: [choice('assistant', title('assistant'))],
      },
    ],
    reasons: ['agent here: waits for an agent, told when people are back'],
    end: true,
  };
};

const silent: Contribution = { actions: [], reasons: ['agent here: an agent has the conversation'], end: true };

/** An agent has the conversation, or one is waited for: the assistant is silent (lessons 56). */
export const agentHere: Responder = (context) => {
  const { handledBy } = context.conversation;
  if (handledBy === 'assistant' || stillCounts(context)) return null;
  if (handledBy === 'nobody' && (asksForStatus(context) || orderOnTicket(context) !== null)) return null;
  if (wantsAssistant(context)) return resume(context);
  const contribution = handledBy === 'nobody' ? waiting(context) : silent;
  return { ...contribution, actions: [...linked(context), ...notedOnTicket(context), ...contribution.actions] };
};
