import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { currentIn } from '../api/client.ts';
import { faultsIn } from '../api/inboxes.ts';
import { assignQuestions, saveArticle } from '../api/knowledge.ts';
import { useSession } from '../api/session.ts';
import type { Article } from '../api/shapes.ts';
import { type ArticleDraft, keepDraft, readDraft } from './article-drafts.ts';
import {
  blank,
  type Changed,
  changesOf,
  isUnchanged,
  mergeArticles,
  type TypedArticle,
  typedOf,
  writtenOf,
} from './typed-article.ts';

/** What somebody else changed meanwhile, with the article as they left it. */
export interface Told {
  theirs: TypedArticle;
  changed: Changed[];
}

interface FormState extends ArticleDraft {
  isRestored: boolean;
  told: Told | null;
}

const fresh = (article: Article | null): FormState => {
  const base = article ? typedOf(article) : blank;
  return { version: article?.version ?? null, base, typed: base, questionIds: [], isRestored: false, told: null };
};

/** The form on top of what somebody else saved. */
function onTopOf(current: Article, { base, typed, questionIds, isRestored }: FormState): FormState {
  const theirs = typedOf(current);
  const { merged, changed } = mergeArticles({ base, mine: typed, theirs });
  return { version: current.version, base: theirs, typed: merged, questionIds, isRestored, told: { theirs, changed } };
}

function begin(article: Article | null, draft: ArticleDraft | null): FormState {
  if (!draft) return fresh(article);
  const kept = { ...draft, isRestored: draft.questionIds.length === 0, told: null };
  return article && article.version !== draft.version ? onTopOf(article, kept) : kept;
}

export type SaveOutcome = { article: Article; assignFault: unknown };

/**
 * What is being typed into the form of an article, and saving it. What is not saved is kept in the tab's storage; where
 * somebody else saved meanwhile, both are put together and the form tells what they changed.
 */
export function useArticleForm(article: Article | null, place: string) {
  const client = useQueryClient();
  const { id: agentId } = useSession().agent;
  const [state, setState] = useState(() => begin(article, readDraft(sessionStorage, agentId, place)));
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const isClean = isUnchanged(state.base, state.typed);

  const keep = (next: FormState): void => {
    const { version, base, typed, questionIds } = next;
    const isEmpty = isUnchanged(base, typed) && questionIds.length === 0;
    keepDraft(sessionStorage, agentId, place, isEmpty ? null : { version, base, typed, questionIds });
    setState(next);
  };
  const change = (part: Partial<TypedArticle>): void => keep({ ...state, typed: { ...state.typed, ...part } });
  const settle = (saved: Article | null): void => {
    keepDraft(sessionStorage, agentId, place, null);
    setState(fresh(saved));
    setTried(false);
    setError(null);
  };
  const isSayable =
    (state.typed.titleAr + state.typed.titleEn).trim() && (state.typed.bodyAr + state.typed.bodyEn).trim();

  async function write(): Promise<SaveOutcome> {
    const which = article && state.version !== null ? { id: article.id, version: state.version } : null;
    const written = which ? changesOf(state.base, state.typed) : writtenOf(state.typed);
    const saved = await saveArticle(client, which, written);
    const { questionIds } = state;
    settle(saved);
    if (questionIds.length === 0) return { article: saved, assignFault: null };
    const assignFault = await assignQuestions(client, questionIds, saved.id).then(
      () => null,
      (fault: unknown) => fault,
    );
    return { article: saved, assignFault };
  }

  /** Null where it is not saved: something is missing, refused, or was changed meanwhile. */
  async function save(): Promise<SaveOutcome | null> {
    setTried(true);
    if (isBusy || !isSayable) return null;
    setBusy(true);
    setError(null);
    try {
      return await write();
    } catch (fault) {
      const current = currentIn<Article>(fault);
      if (current) keep(onTopOf(current, state));
      else setError(fault);
      return null;
    } finally {
      setBusy(false);
    }
  }

  const takeTheirs = (field: Changed['field']): void => {
    if (!state.told) return;
    const changed = state.told.changed.map((one) => (one.field === field ? { ...one, isDisputed: false } : one));
    const typed = { ...state.typed, [field]: state.told.theirs[field] };
    keep({ ...state, typed, told: { ...state.told, changed } });
  };
  const discard = (): void => {
    keepDraft(sessionStorage, agentId, place, null);
    setState({ ...state, typed: state.base, questionIds: [], isRestored: false, told: null });
  };
  return { ...state, change, save, takeTheirs, discard, error, faults: faultsIn(error), isBusy, isTried, isClean };
}
export type ArticleForm = ReturnType<typeof useArticleForm>;
