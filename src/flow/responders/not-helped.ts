import type { Understanding } from '../../understanding/understanding.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice } from '../context.ts';
import { ticketInHand } from './in-hand.ts';

const but = / (?:بس|لكن|ولكن|لاكن|but|however) /;
const denial =
  / (?:ما|لا|لم|مو|مب|مش|ماهو|لسه|لسا|للحين|باقي|باقيه|مازال|مازالت|لازال|لازالت|نفس|not|t|still|cannot|cant|dont|didnt|doesnt|isnt|no) /;

/** A thanks or a yes with a "but" behind which something is denied: "شكرا بس ما عرفت وين ادخل". */
export function isStillOpen({ folded, thanks }: Pick<Understanding, 'folded' | 'thanks'>): boolean {
  const words = ` ${folded} `;
  const at = words.search(but);
  const agreed = thanks || /^ (?:نعم|ايه|اي|ايوه|تمام|اوكي|طيب|ok|okay|yes) /.test(words);
  return at >= 0 && agreed && denial.test(words.slice(at));
}

const counted: Action = { do: 'question-helped', helped: 'no' };

/** To whoever says that they were not helped when nothing is in hand: people see it, or what is missing is asked for. */
export function notHelped(context: Context): Contribution {
  const { turn, title } = context;
  const ticket = ticketInHand(context);
  const say = (number: string): Action => ({
    do: 'say',
    template: 'not-helped',
    values: { number },
    quickReplies: [...(number ? [choice(`status:${number}`, title('status'))] : []), choice('agent', title('agent'))],
  });
  if (ticket) {
    const { number } = ticket;
    const messageIds = turn.messages.map(({ id }) => id);
    return {
      actions: [counted, { do: 'link', messageIds, ticketNumber: number }, say(number)],
      reasons: [`not helped: told the people of ${number}`],
      end: true,
    };
  }
  const awaiting = { for: 'question', field: 'inquiry', asked: 1 } as const;
  return {
    actions: [counted, { do: 'dialogue', set: { awaiting, inquiry: null, inquiryMessageIds: [] } }, say('')],
    reasons: ['not helped: asked for other words'],
    end: true,
  };
}
