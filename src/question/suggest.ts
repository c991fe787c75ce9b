import type { Article } from '../knowledge/article.ts';
import { articles } from '../knowledge/articles.ts';
import { fold } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import type { Op, Store } from '../store/port.ts';
import type { Question } from './question.ts';
import { isPhrasing, type Suggestion, suggestionId, suggestions } from './suggestion.ts';

const mostQuestions = 50;

/** Whether the article is asked for in these words already, however they are spelled. */
export const isKnownPhrasing = (article: Article, language: Language, text: string): boolean => {
  const folded = fold(text);
  const title = article.title[language];
  return [...(article.phrasings[language] ?? []), ...(title ? [title] : [])].some((one) => fold(one) === folded);
};

/** What is suggested, why and when. */
export interface Reason {
  articleId: string;
  source: Suggestion['source'];
  at: string;
}

/** The suggestion that a question makes by itself. */
const fresh = (id: string, { text, language }: Question, { articleId, source, at }: Reason): Suggestion => ({
  id,
  version: 1,
  articleId,
  language,
  text,
  source,
  questionIds: [],
  count: 0,
  status: 'pending',
  at,
  by: null,
});

const speakingFor = (suggestion: Suggestion, asked: readonly Question[]): Suggestion => {
  const more = asked.map(({ id }) => id).filter((id) => !suggestion.questionIds.includes(id));
  const questionIds = [...suggestion.questionIds, ...more].slice(-mostQuestions);
  return { ...suggestion, questionIds, count: suggestion.count + more.length };
};

const opOf = (before: Suggestion | null, { id, version, ...set }: Suggestion): Op =>
  before
    ? { op: 'update', in: suggestions, id, expect: version, set }
    : { op: 'insert', in: suggestions, document: { id, version, ...set } };

/**
 * The operations by which questions speak for new phrasings of an article: none of what is a phrasing already, is too short
 * or too long, or was decided on before. A question counts once, however often this is done; where somebody else changed the
 * suggestion meanwhile the unit fails, and is to be made anew.
 */
export async function suggestionOps(store: Store, asked: readonly Question[], reason: Reason): Promise<Op[]> {
  const article = await store.get(articles, reason.articleId);
  if (!article) return [];
  const useful = asked.filter(({ text, language }) => isPhrasing(text) && !isKnownPhrasing(article, language, text));
  const groups = Map.groupBy(useful, ({ text, language }) => suggestionId(article.id, language, text));
  const known = new Map((await store.getMany(suggestions, [...groups.keys()])).map((one) => [one.id, one]));
  return [...groups].flatMap(([id, [first, ...others]]) => {
    const before = known.get(id) ?? null;
    if (!first || (before && before.status !== 'pending')) return [];
    const start = before ?? fresh(id, first, reason);
    const after = speakingFor(start, [first, ...others]);
    return after.count === start.count ? [] : [opOf(before, after)];
  });
}
