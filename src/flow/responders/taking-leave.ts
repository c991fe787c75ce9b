import type { Understanding } from '../../understanding/understanding.ts';
import type { Action } from '../actions.ts';
import type { Contribution } from '../context.ts';

type Said = Pick<Understanding, 'pleasantryOnly' | 'thanks' | 'farewell' | 'greeting'>;

/** A thanks or a goodbye and nothing else. */
export const takesLeave = ({ pleasantryOnly, thanks, farewell, greeting }: Said): boolean =>
  pleasantryOnly && (thanks || farewell) && greeting === null;

/** Nothing is in hand any more; what the person asks next is a matter of its own. */
export const partWays: Action = {
  do: 'dialogue',
  set: { awaiting: null, inquiry: null, inquiryMessageIds: [], parted: true },
};

export const leave = (reason: string): Contribution => ({
  actions: [partWays, { do: 'say', template: 'helped-sober' }],
  reasons: [reason],
  end: true,
});
