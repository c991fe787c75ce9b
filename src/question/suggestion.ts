import { z } from 'zod';
import { keyed } from '../ids.ts';
import { fold, tokens } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import type { Collection } from '../store/port.ts';

/** Where a suggestion comes from: the person said it helped, after an answer or a choice, or an agent named the article. */
export const suggestionSource = z.enum(['helped', 'chosen', 'agent']);
export const suggestionStatus = z.enum(['pending', 'approved', 'rejected']);

export const suggestion = z.object({
  id: z.string(),
  version: z.number().int(),
  articleId: z.string(),
  language: z.enum(['ar', 'en']),
  text: z.string(),
  source: suggestionSource,
  /** The questions that speak for it, the newest last, at most 50. */
  questionIds: z.array(z.string()),
  /** How many questions speak for it. */
  count: z.number().int(),
  status: suggestionStatus,
  at: z.string(),
  /** The agent who approved or rejected it. */
  by: z.string().nullable(),
});
/** A way of asking that may become a phrasing of an article, once an editor approves it. */
export type Suggestion = z.infer<typeof suggestion>;

export const suggestions: Collection<Suggestion> = {
  name: 'suggestions',
  schema: suggestion,
  indexes: [
    { name: 'by-status', on: ['status', 'at'] },
    { name: 'by-article', on: ['articleId', 'at'] },
  ],
  filters: ['status', 'articleId'],
};

/** The same words for the same article are one suggestion for good, so that a rejected one does not come again. */
export const suggestionId = (articleId: string, language: Language, text: string): string =>
  keyed('suggestion', articleId, language, fold(text));

/** A phrasing is a question of some words: one word alone, or a story, teaches the bank nothing sure. */
export const isPhrasing = (text: string): boolean => {
  const { length } = tokens(text);
  return length >= 2 && length <= 20;
};
