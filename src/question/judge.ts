import { type Clock, iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { articles, type StoredArticle } from '../knowledge/articles.ts';
import type { Op, Store, WriteResult } from '../store/port.ts';
import { type Question, questions, settled } from './question.ts';
import { isKnownPhrasing, suggestionOps } from './suggest.ts';
import { type Suggestion, suggestionId, suggestions } from './suggestion.ts';

type Deps = { store: Store; clock: Pick<Clock, 'now'> };

/** A unit that others' changes cross is made anew so often. */
const attempts = 10;

async function needArticle(store: Store, id: string): Promise<StoredArticle> {
  const found = await store.get(articles, id);
  if (!found) throw new WaslError('not-found', 'There is no such article.');
  return found;
}

async function needQuestions(store: Store, ids: readonly string[]): Promise<Question[]> {
  const wanted = [...new Set(ids)];
  const found = await store.getMany(questions, wanted);
  const missing = wanted.filter((id) => !found.some((one) => one.id === id));
  if (missing.length > 0) throw new WaslError('not-found', 'There is no such question.', { details: { ids: missing } });
  return found;
}

const changeOf = ({ id, version, ...set }: Question): Op => ({ op: 'update', in: questions, id, expect: version, set });

/** What an agent says of questions. */
type Judged = Pick<Question, 'state' | 'assignedTo' | 'by'>;

/** Judges questions, all or none; further operations may go with them. */
async function judge(
  { store }: Deps,
  ids: readonly string[],
  judged: Judged,
  beside: (asked: readonly Question[]) => Promise<Op[]> = async () => [],
): Promise<Question[]> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const asked = (await needQuestions(store, ids)).map((one) => settled({ ...one, ...judged }));
    const written = await store.write([...asked.map(changeOf), ...(await beside(asked))]);
    if (written.ok) return asked.map((one) => ({ ...one, version: one.version + 1 }));
  }
  throw new WaslError('conflict', 'Others changed the same meanwhile: try again.');
}

/** Questions whose right answer an agent names. */
export interface Assignment {
  questionIds: readonly string[];
  articleId: string;
  /** The agent's id. */
  by: string;
}

/**
 * Assigns questions to the article that is their right answer, and suggests their words as its phrasings: each counts once,
 * and what was rejected before stays so. Rejects with `not-found` where a question or the article is none.
 */
export async function assignQuestions(
  deps: Deps,
  { questionIds, articleId, by }: Assignment,
): Promise<{ questions: Question[]; suggestions: Suggestion[] }> {
  const { store, clock } = deps;
  await needArticle(store, articleId);
  const reason = { articleId, source: 'agent', at: iso(clock.now()) } as const;
  const judged = { state: 'assigned', assignedTo: articleId, by } as const;
  const asked = await judge(deps, questionIds, judged, (found) => suggestionOps(store, found, reason));
  const ids = new Set(asked.map(({ language, text }) => suggestionId(articleId, language, text)));
  return { questions: asked, suggestions: await store.getMany(suggestions, [...ids]) };
}

/** Takes questions off the editors' list: nothing is to be learned from them. */
export const dismissQuestions = (deps: Deps, { questionIds, by }: Omit<Assignment, 'articleId'>): Promise<Question[]> =>
  judge(deps, questionIds, { state: 'dismissed', assignedTo: null, by });

const withPhrasing = (article: StoredArticle, { language, text }: Suggestion): StoredArticle => {
  const before = article.phrasings[language] ?? [];
  return { ...article, phrasings: { ...article.phrasings, [language]: [...before, text] } };
};

function withPhrasings(article: StoredArticle, approved: readonly Suggestion[]): StoredArticle {
  let after = article;
  for (const one of approved) if (!isKnownPhrasing(after, one.language, one.text)) after = withPhrasing(after, one);
  return after;
}

const approvalOf = ({ id, version, text }: Suggestion, by: string): Op => ({
  op: 'update',
  in: suggestions,
  id,
  expect: version,
  set: { status: 'approved', by, text },
});

/** The unit that approves suggestions of one article; the article first, so that a failure there is told from the others. */
async function approvalUnit(store: Store, approved: readonly Suggestion[], by: string): Promise<Op[]> {
  const article = await needArticle(store, approved[0]?.articleId ?? '');
  const { phrasings } = withPhrasings(article, approved);
  const change: Op = { op: 'update', in: articles, id: article.id, expect: article.version, set: { phrasings } };
  return [...(phrasings === article.phrasings ? [] : [change]), ...approved.map((one) => approvalOf(one, by))];
}

const isOfArticle = (ops: readonly Op[], written: WriteResult): boolean =>
  !written.ok && ops[written.at]?.in.name === articles.name;

/**
 * Makes suggestions of one article its phrasings, whatever else is changed in it meanwhile; what reads like one that it has is
 * only approved. Rejects with `conflict` and the current suggestion where one is not at its version any more.
 */
export async function approveSuggestions(
  { store }: Deps,
  approved: readonly Suggestion[],
  by: string,
): Promise<Suggestion[]> {
  for (let attempt = 1; ; attempt += 1) {
    const ops = await approvalUnit(store, approved, by);
    const written = await store.write(ops);
    if (written.ok) return written.documents.slice(ops.length - approved.length) as Suggestion[];
    if (isOfArticle(ops, written) && attempt < attempts) continue;
    const current = isOfArticle(ops, written) ? undefined : written.current;
    throw new WaslError('conflict', 'It was changed meanwhile.', current ? { details: { current } } : {});
  }
}
