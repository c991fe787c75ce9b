import type { Language } from '../language/language.ts';
import type { Content } from './content.ts';

/** Asks the knowledge bank as it stands now, without a conversation; `text` is the answer where it is sure of one. */
export const answerFrom =
  ({ knowledge, article }: Pick<Content, 'knowledge' | 'article'>) =>
  (text: string, language?: Language) => {
    const { outcome, articles, language: found, why } = knowledge().answer(text, language);
    const best = outcome === 'answer' ? articles[0] : undefined;
    const said = best ? article(best.id, language ?? found) : null;
    return { outcome, articles, why, ...(said ? { text: said.text } : {}) };
  };
