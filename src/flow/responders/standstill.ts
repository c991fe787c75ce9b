import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { messageIdsOf, ticketInHand } from './in-hand.ts';
import { asks, isOfTicket } from './open-ticket.ts';
import { matterInHand, openFor } from './ticket.ts';
import { standsStill, toneOf } from './tone.ts';

/** A question about lectures that the bank answers is none that stands still. */
const isQuestion = (context: Context): boolean =>
  asks(context) && context.ask(context.understood.restOfText).outcome === 'answer';

/** What the person is told at once that may help them, while people are called. */
const meanwhile = (context: Context): Action[] => {
  const { outcome, articles } = context.ask(context.understood.restOfText);
  const id = outcome === 'answer' ? articles[0]?.id : undefined;
  const article = id === undefined ? null : context.article(id, context.language);
  return article ? [{ do: 'say', template: 'answer', words: { text: article.text, html: article.html } }] : [];
};

const inHand = (context: Context, number: string): Contribution => ({
  actions: [
    { do: 'make-urgent', ticketNumber: number, messageIds: messageIdsOf(context) },
    { do: 'dialogue', set: { parted: false } },
    { do: 'call-people' },
    {
      do: 'say',
      template: 'urgent-noted',
      values: { number, hours: context.hours },
      quickReplies: [choice(`status:${number}`, context.title('status')), choice('agent', context.title('agent'))],
    },
  ],
  reasons: [`urgent: ${number} cannot wait`],
  end: true,
});

/** The matter that was begun, with what was just said. */
function wholeMatter(context: Context) {
  const { turn, conversation } = context;
  if (conversation.dialogue.inquiry === null) return matterInHand(context);
  const before = matterInHand(context);
  return { text: `${before.text}\n${turn.text}`, messageIds: [...before.messageIds, ...messageIdsOf(context)] };
}

/** A lecture stands still now (EX-05): no questions, a ticket in the urgent lane, people called at once, and told so. */
export const standstill: Responder = (context) => {
  const { turn, understood, conversation, now } = context;
  if (turn.tapped !== null || understood.command !== null || !standsStill(understood)) return null;
  if (toneOf(understood) !== 'urgent' || isQuestion(context)) return null;
  const ticket = ticketInHand(context);
  if (ticket && ticket.status !== 'resolved' && isOfTicket(context, ticket)) return inHand(context, ticket.number);
  const opened = openFor(context, wholeMatter(context), { urgent: true });
  return {
    actions: [
      ...meanwhile(context),
      ...opened.actions,
      { do: 'dialogue', set: { greetedAt: conversation.dialogue.greetedAt ?? now } },
      { do: 'call-people' },
    ],
    reasons: ['urgent: something stands still now, people are called', ...opened.reasons],
    end: true,
  };
};
