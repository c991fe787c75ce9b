import type { SaidArticle } from '../../content/said-article.ts';
import type { KnowledgeResult } from '../../knowledge/engine.ts';
import { inLanguage } from '../../language/language.ts';
import type { TicketType } from '../../ticket/types.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice, type Responder } from '../context.ts';
import { departmentFor } from '../organisation-names.ts';
import { type AskedBank, noteQuestion } from './note-question.ts';
import { matterInHand } from './ticket.ts';
import { toneOf } from './tone.ts';

/** A service that another department than the care unit renders, such as repair: it can be asked for here at once (IN-18). */
const isRequest = (context: Context, { service }: SaidArticle): boolean =>
  typeof service === 'string' && departmentFor(context, service) !== departmentFor(context, null);

/** Where else than here a person can go: what the organisation names with an address. */
const linksOf = ({ organisation, language }: Context): { id: string; name: string; link: string }[] =>
  organisation.organisation.channels.flatMap(({ id, name, link }) =>
    link === undefined ? [] : [{ id, name: inLanguage(name, language), link }],
  );

/** Says an approved article and asks whether it helped. */
export function sayArticle(context: Context, id: string, reasons: string[]): Contribution | null {
  const article = context.article(id, context.language);
  if (!article) return null;
  const { title } = context;
  const actions: Action[] = [
    { do: 'say', template: 'answer', words: { text: article.text, html: article.html } },
    { do: 'dialogue', set: { awaiting: { for: 'helped', articleId: id } } },
    {
      do: 'say',
      template: 'did-this-help',
      values: { request: isRequest(context, article), links: linksOf(context) },
      quickReplies: [
        choice('helped:yes', title('helped-yes')),
        choice('helped:no', title('helped-no')),
        choice('agent', title('agent')),
      ],
    },
  ];
  const outside = article.outside ? ['knowledge: outside our competence, guides to the competent body'] : [];
  return { actions, reasons: [...reasons, ...outside, `knowledge: says "${id}"`], end: true };
}

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

const voices: readonly TicketType[] = ['complaint', 'objection', 'suggestion', 'report'];

/** Somebody who complains or proposes in so many words wants to be heard, not to read how it is done. */
const isVoice = (context: Context, inquiry: string, best: number): boolean => {
  const { type } = context.understand(inquiry);
  const words = inquiry.trim().split(/\s+/).length;
  return voices.includes(type.id) && type.confidence >= 0.75 && words >= 3 && best < 0.9;
};

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
