import { inLanguage } from '../../language/language.ts';
import type { Say } from '../actions.ts';
import { type Context, choice } from '../context.ts';

/** So many of the organisation's services tell what can be asked for. */
const mostExamples = 4;

/** To whoever does not know what to ask: what can be asked here, or a person. */
export const sayExamples = ({ organisation, language, title }: Context): Say => ({
  do: 'say',
  template: 'inquiry-examples',
  values: { examples: organisation.services.slice(0, mostExamples).map(({ name }) => inLanguage(name, language)) },
  quickReplies: [choice('agent', title('agent'))],
});

/** To whoever cannot tell which article they mean, or whether an answer helped: other words, or a person. */
export const offerPeople = (context: Context, articles: readonly { id: string; title: string }[]): Say => ({
  do: 'say',
  template: 'offer-people',
  values: { choices: articles.length },
  quickReplies: [
    ...articles.map((one) => choice(`article:${one.id}`, one.title)),
    choice('agent', context.title('agent')),
  ],
});
