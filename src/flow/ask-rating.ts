import type { Capabilities } from '../channel/capabilities.ts';
import type { QuickReply } from '../channel/outbound.ts';
import { whyNotAsked } from '../survey/may-ask.ts';
import type { Understanding } from '../understanding/understanding.ts';
import type { Action, AskRating, Say } from './actions.ts';
import { type Context, choice } from './context.ts';
import { hasButtonsFor } from './fit-to.ts';
import { toneOf } from './responders/tone.ts';

/** From the best to the poorest, with what each is called. */
export const scores = [
  { score: 5, name: 'excellent' },
  { score: 4, name: 'very-good' },
  { score: 3, name: 'good' },
  { score: 2, name: 'fair' },
  { score: 1, name: 'poor' },
] as const;

/** A matter after which nobody is asked how the service was (EX-01, EX-04, EX-05). */
export const isGrave = (matter: Pick<Understanding, 'sober' | 'reasons' | 'sensitive'>): boolean =>
  matter.sober || toneOf(matter) !== null;

type Asking = { capabilities: Capabilities; title(key: string): string };

/** The choices of a score; where they become numbered lines, the numbers are the scores. */
function scoreChoices(prefix: 'rate' | 'rate-employee', { capabilities, title }: Asking): QuickReply[] {
  const best = scores.map(({ score, name }) => choice(`${prefix}:${score}`, title(`rate-${name}`)));
  return hasButtonsFor(best, capabilities) ? best : best.reverse();
}

/** Asks how the employee was, by the same choices (SV-03). */
export const askEmployee = (number: string, asking: Asking): Say => ({
  do: 'say',
  template: 'ask-rating-employee',
  values: { number },
  quickReplies: scoreChoices('rate-employee', asking),
});

/** Asks for a rating, of the ticket's treatment where there is one. */
export function askRating(facts: Omit<AskRating, 'do'>, asking: Asking): Action[] {
  const values = { number: facts.ticketNumber ?? '' };
  return [
    { do: 'ask-rating', ...facts },
    { do: 'say', template: 'ask-rating', values, quickReplies: scoreChoices('rate', asking) },
  ];
}

/** Asks after an answer that helped, or says why not. */
export function askAfterAnswer(context: Context, matter: Understanding): { actions: Action[]; reasons: string[] } {
  const { conversation, capabilities, contact, now, lastAskedAt } = context;
  const why = whyNotAsked({
    now,
    lastAskedAt,
    isPrivateChat: capabilities.form === 'chat' && conversation.visibility === 'private',
    replyUntil: conversation.replyUntil,
    hasWindow: capabilities.replyWindowHours !== null,
    blocked: contact.blockedAt !== null,
    optedOut: false,
    grave: isGrave(matter),
    served: true,
  });
  if (why) return { actions: [], reasons: [`rating: not asked, ${why}`] };
  const facts = { asked: 'answered', ticketNumber: null, agentId: null } as const;
  return { actions: askRating(facts, context), reasons: ['rating: asked after an answer that helped'] };
}
