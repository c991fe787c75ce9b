import type { Shelf } from '../conversation/drafts.ts';
import { blank, type TypedArticle } from './typed-article.ts';

/** What was typed into the form of an article and not saved yet. */
export interface ArticleDraft {
  /** The version that it began with; null for a new article. */
  version: number | null;
  base: TypedArticle;
  typed: TypedArticle;
  /** Questions that the article is written for. */
  questionIds: string[];
}

const keyOf = (agentId: string, place: string): string => `wasl-article:${agentId}:${place}`;

/** The draft of a place: the id of an article, or a name for a new one; null where there is none. */
export function readDraft(shelf: Shelf, agentId: string, place: string): ArticleDraft | null {
  try {
    const kept = shelf.getItem(keyOf(agentId, place));
    return kept ? (JSON.parse(kept) as ArticleDraft) : null;
  } catch {
    return null;
  }
}

/** Keeps a draft in the tab, or forgets it (null). A full or forbidden storage costs only the reload. */
export function keepDraft(shelf: Shelf, agentId: string, place: string, draft: ArticleDraft | null): void {
  try {
    if (draft) shelf.setItem(keyOf(agentId, place), JSON.stringify(draft));
    else shelf.removeItem(keyOf(agentId, place));
  } catch {
    // The form still has it.
  }
}

/** A new article that begins with questions of people as its phrasings. */
export const draftFrom = (
  questions: readonly { text: string; language: 'ar' | 'en' }[],
  questionIds: readonly string[],
): ArticleDraft => {
  const inLanguage = (wanted: string): string[] => [
    ...new Set(
      questions.filter(({ language }) => language === wanted).map(({ text }) => text.replace(/\s+/g, ' ').trim()),
    ),
  ];
  const typed = { ...blank, phrasingsAr: inLanguage('ar'), phrasingsEn: inLanguage('en') };
  return { version: null, base: blank, typed, questionIds: [...questionIds] };
};
