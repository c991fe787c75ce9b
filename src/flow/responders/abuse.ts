import type { Action } from '../actions.ts';
import type { Context, Contribution, Responder } from '../context.ts';
import { tellsMatter } from './tone.ts';

/** After so long nobody is held to what they said (ms). */
const forgottenMs = 30 * 86_400_000;
/** So many words beside the insults still tell no matter. */
const mostBare = 2;
const mostWords = 40;
const calling = new Set(['يا', 'you']);

/** Nothing but the insult: there is no matter in it that could survive. */
function isBare(context: Context): boolean {
  const { understood, understand, turn } = context;
  const words = understood.restOfText.trim().split(/\s+/).filter(Boolean);
  if (turn.hasMedia || words.length > mostWords) return false;
  const others = words.filter((word) => !calling.has(word.toLowerCase()) && !understand(word).abusive);
  return others.length <= mostBare && !tellsMatter(context, others.join(' '));
}

const warnedLately = ({ conversation, now }: Context): { at: string; times: number } | null => {
  const { warned = null } = conversation.dialogue;
  return warned && Date.parse(now) - Date.parse(warned.at) < forgottenMs ? warned : null;
};

function again(context: Context, { at, times }: { at: string; times: number }): Contribution {
  const note: Action = { do: 'dialogue', set: { warned: { at, times: times + 1 } } };
  const call: Action[] =
    times === 0
      ? [{ do: 'call-supervisor' }, { do: 'call-people' }, { do: 'say', template: 'abuse-again', last: true }]
      : [];
  const reason = times === 0 ? 'abuse: again, a supervisor is called' : 'abuse: again, a supervisor was called';
  return { actions: [note, ...call], reasons: [reason], end: isBare(context) };
}

/**
 * Insults get one calm warning; said again, a supervisor is called. What is complained of between them is heard like any
 * other matter, and nobody is blocked by the assistant (EX-07).
 */
export const abuse: Responder = (context) => {
  const { understood, turn, now } = context;
  if (!understood.abusive || turn.tapped !== null) return null;
  const warned = warnedLately(context);
  if (warned) return again(context, warned);
  return {
    actions: [
      { do: 'dialogue', set: { warned: { at: now, times: 0 } } },
      { do: 'say', template: 'abuse-warning' },
    ],
    reasons: ['abuse: a calm warning'],
    end: isBare(context),
  };
};
