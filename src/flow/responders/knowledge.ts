import type { KnowledgeResult } from '../../knowledge/engine.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { type AskedBank, noteQuestion } from './note-question.ts';
import { isVoice, sayArticle } from './say-article.ts';
import { several } from './several.ts';
import { isRequestOf, matterInHand } from './ticket.ts';
import { toneOf } from './tone.ts';

const offer = (context: Context, ids: { id: string; title: string }[]): Contribution => ({
  actions: [
    { do: 'dialogue', set: { awaiting: { for: 'choice', articleIds: ids.map((one) => one.id) } } },
    {
      do: 'say',
      template: 'choose-article',
      quickReplies: [
        ...ids.map((one) => choice(`article:${one.id}`, one.title)),
        choice('none-of-these', context.title('none-of-these')),
      ],
    },
  ],
  reasons: [`knowledge: unsure between ${ids.map((one) => one.id).join(', ')}`],
  end: true,
});

/** A subject may tell the question or blur it: where the whole finds nothing sure, the words alone may. */
function best(context: Context, inquiry: string, ask: Context['ask']): AskedBank {
  const { turn } = context;
  const { messageIds } = matterInHand(context);
  const whole = { text: inquiry, result: ask(inquiry), messageIds };
  if (whole.result.outcome === 'answer' || turn.words === turn.text) return whole;
  const alone = { text: turn.words, result: ask(turn.words), messageIds };
  return alone.result.outcome === 'answer' ? alone : whole;
}

/** The same with the question noted before all else. */
const noted = (asked: AskedBank, contribution: Contribution): Contribution => ({
  ...contribution,
  actions: [noteQuestion(asked), ...contribution.actions],
});

const whyOf = ({ why }: KnowledgeResult): string[] => why.map((line) => `knowledge: ${line}`);

/** Who tells how many and where does not ask how it is requested. */
const tellsParticulars = (context: Context, inquiry: string): boolean =>
  /\p{Nd}/u.test(inquiry) && isRequestOf(context, inquiry);

/** Confident: the answer. Unsure between few: offer them. Not sure: leave it to a person (architecture.md 4.5). */
export const knowledge: Responder = (context) => {
  const { inquiry } = context.conversation.dialogue;
  if (!inquiry) return null;
  const alone = best(context, inquiry, context.ask).result;
  const tone = toneOf(context.understand(inquiry));
  if (tone === 'sensitive' || (tone === 'urgent' && alone.outcome !== 'answer'))
    return {
      actions: [],
      reasons: [
        ...whyOf(alone),
        tone === 'sensitive' ? 'knowledge: confidential, for people only' : 'knowledge: urgent, for people at once',
      ],
      end: false,
    };
  if (isVoice(context, inquiry, alone.articles[0]?.confidence ?? 0))
    return { actions: [], reasons: [...whyOf(alone), 'knowledge: a voice to be heard by a person'], end: false };
  if (tellsParticulars(context, inquiry))
    return {
      actions: [],
      reasons: [...whyOf(alone), 'knowledge: a request that is told with its particulars'],
      end: false,
    };
  const parts = several(context, inquiry, alone);
  if (parts) return parts;
  const asked = best(context, inquiry, context.consult);
  const { result } = asked;
  const why = whyOf(result);
  const first = result.articles[0];
  if (result.outcome === 'answer' && first) {
    const told = sayArticle(context, first.id, why);
    return told && noted(asked, told);
  }
  if (result.outcome === 'choose') {
    const contribution = offer(context, result.articles);
    return noted(asked, { ...contribution, reasons: [...why, ...contribution.reasons] });
  }
  return noted(asked, { actions: [], reasons: [...why, 'knowledge: not sure enough to answer'], end: false });
};
