import type { SaidArticle } from '../../content/said-article.ts';
import { inLanguage } from '../../language/language.ts';
import type { TicketType } from '../../ticket/types.ts';
import type { Action } from '../actions.ts';
import { type Context, type Contribution, choice } from '../context.ts';
import { departmentFor } from '../organisation-names.ts';

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

const voices: readonly TicketType[] = ['complaint', 'objection', 'suggestion', 'report'];

/** Somebody who complains or proposes in so many words wants to be heard, not to read how it is done. */
export const isVoice = (context: Context, inquiry: string, best: number): boolean => {
  const { type } = context.understand(inquiry);
  const words = inquiry.trim().split(/\s+/).length;
  return voices.includes(type.id) && type.confidence >= 0.75 && words >= 3 && best < 0.9;
};
