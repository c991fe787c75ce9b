import { incidentFor } from '../../incident/incident-for.ts';
import { inLanguage } from '../../language/language.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { greet } from './greeting.ts';
import { messageIdsOf, ticketInHand } from './in-hand.ts';
import { isOfTicket } from './open-ticket.ts';
import { matterInHand, openFor } from './ticket.ts';
import { toneOf } from './tone.ts';

/** Words that tell a matter: nothing that was asked for, and no order. */
function tells({ turn, understood, conversation }: Context): boolean {
  const { awaiting } = conversation.dialogue;
  const isFree = awaiting === null || awaiting.for === 'question' || awaiting.for === 'helped';
  return isFree && turn.tapped === null && understood.command === null && understood.restOfText.trim() !== '';
}

const told = (context: Context, message: string, number?: string): Action => ({
  do: 'say',
  template: 'incident-known',
  ...(number === undefined ? { withTicket: true } : {}),
  values: { message, ...(number === undefined ? {} : { ticket: { number } }) },
  quickReplies: [choice('agent', context.title('agent'))],
});

/** A known outage is answered with what is known of it, in one message; its ticket waits with the others (EX-06). */
export const outage: Responder = (context): Contribution | null => {
  const { incidents, understood, language, turn } = context;
  if (incidents.length === 0 || !tells(context)) return null;
  const tone = toneOf(understood);
  if (tone === 'danger' || tone === 'sensitive') return null;
  const incident = incidentFor(incidents, { service: understood.service?.id ?? null, text: turn.words });
  if (!incident) return null;
  const message = inLanguage(incident.message, language);
  const reasons = [`incident: ${incident.id} is known`];
  const ticket = ticketInHand(context);
  if (ticket && (ticket.incidentId === incident.id || isOfTicket(context, ticket))) {
    const { number } = ticket;
    const tie: Action = {
      do: 'tie-incident',
      ticketNumber: number,
      incidentId: incident.id,
      messageIds: messageIdsOf(context),
    };
    const link: Action = { do: 'link', ticketNumber: number, messageIds: messageIdsOf(context) };
    const isTied = ticket.incidentId === incident.id;
    return { actions: [isTied ? link : tie, told(context, message, number)], reasons, end: true };
  }
  const matter = { text: turn.text, messageIds: messageIdsOf(context) };
  const before = matterInHand(context);
  const whole =
    context.conversation.dialogue.inquiry === null
      ? matter
      : { text: `${before.text}\n${matter.text}`, messageIds: [...before.messageIds, ...matter.messageIds] };
  const opened = openFor(context, whole, { incidentId: incident.id });
  const silent = opened.actions.filter((one) => one.do !== 'say');
  return {
    actions: [...greet(context, context.contact.name ?? ''), ...silent, told(context, message)],
    reasons: [...reasons, ...opened.reasons],
    end: true,
  };
};
