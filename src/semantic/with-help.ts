import type { KnowledgeResult } from '../knowledge/engine.ts';
import type { Near } from './help.ts';

/** What came in time for one question. */
export interface Came {
  /** By meaning, best first; undefined where nobody was asked or nothing came. */
  near?: readonly Near[] | undefined;
  /** The id that was chosen among the offered ones, null for none of them; undefined as above. */
  chosen?: string | null | undefined;
}

type Articles = KnowledgeResult['articles'];

/** From here on an article that is near in meaning is offered, though its words are others. */
export const offerAt = 0.5;
/** How sure the words alone must be of the same article before both together may answer. */
const wordsAtLeast = 0.5;
const mostArticles = 3;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Two voices for one article: wrong only where both are. */
const together = (one: number, other: number): number => rounded(1 - (1 - one) * (1 - other));

type TitleOf = (id: string) => string | null;

/** The articles that either voice names, those that both name first of all. */
function merged(articles: Articles, near: readonly Near[], titleOf: TitleOf): Articles {
  const likeness = new Map(near.map((one) => [one.id, one.likeness]));
  const known = articles.map((one) => ({ ...one, confidence: together(one.confidence, likeness.get(one.id) ?? 0) }));
  const added = near.flatMap(({ id, likeness: confidence }) => {
    const title = articles.some((one) => one.id === id) ? null : titleOf(id);
    return title === null ? [] : [{ id, title, confidence: rounded(confidence) }];
  });
  return [...known, ...added].sort((one, other) => other.confidence - one.confidence).slice(0, mostArticles);
}

/** Words and meaning name the same article first, and both are sure of it. */
function agreed(result: KnowledgeResult, near: readonly Near[], sureness: number): string | null {
  const [words] = result.articles;
  const [meaning] = near;
  if (words === undefined || meaning === undefined || words.id !== meaning.id) return null;
  return words.confidence >= wordsAtLeast && meaning.likeness >= sureness ? words.id : null;
}

const shown = (near: readonly Near[]): string =>
  near.map(({ id, likeness }) => `${id} ${likeness.toFixed(2)}`).join(', ');

function withNear(result: KnowledgeResult, near: readonly Near[], sureness: number, titleOf: TitleOf): KnowledgeResult {
  const close = near.filter(({ id, likeness }) => likeness >= offerAt && titleOf(id) !== null).slice(0, mostArticles);
  if (close.length === 0) return { ...result, why: [...result.why, 'meaning: nothing near enough'] };
  const articles = merged(result.articles, close, titleOf);
  const why = [...result.why, `meaning: near ${shown(close)}`];
  const sure = agreed(result, close, sureness);
  if (sure !== null)
    return { ...result, articles, outcome: 'answer', why: [...why, `answer: words and meaning agree on "${sure}"`] };
  return { ...result, articles, outcome: 'choose', why: [...why, 'choose: near in meaning, so it is offered'] };
}

/** Puts one article before the others. */
const first = (articles: Articles, id: string): Articles => [
  ...articles.filter((one) => one.id === id),
  ...articles.filter((one) => one.id !== id),
];

function withChosen(result: KnowledgeResult, id: string | null, titleOf: TitleOf): KnowledgeResult {
  if (id === null) return { ...result, why: [...result.why, 'chosen: none of them'] };
  if (result.outcome === 'choose' && result.articles.some((one) => one.id === id))
    return {
      ...result,
      outcome: 'answer',
      articles: first(result.articles, id),
      why: [...result.why, `answer: "${id}" was chosen among the offered`],
    };
  const title = titleOf(id);
  if (title === null) return result;
  const known = result.articles.find((one) => one.id === id) ?? { id, title, confidence: 0 };
  const articles = [known, ...result.articles.filter((one) => one.id !== id)].slice(0, mostArticles);
  return {
    ...result,
    outcome: 'choose',
    articles,
    why: [...result.why, `choose: "${id}" was chosen, so it is offered`],
  };
}

/**
 * The bank's result with what help says. Pure. Meaning raises an article or turns `none` into an offer, and answers only
 * where the words agree and meaning is as sure as the organisation wants (`sureness`); a choice answers only among what
 * the bank offers. A result that is an answer already is given back as it is.
 */
export function withHelp(result: KnowledgeResult, came: Came, sureness: number, titleOf: TitleOf): KnowledgeResult {
  if (result.outcome === 'answer') return result;
  const near = came.near === undefined ? result : withNear(result, came.near, sureness, titleOf);
  return came.chosen === undefined || near.outcome === 'answer' ? near : withChosen(near, came.chosen, titleOf);
}
