import type { KnowledgeResult } from '../../knowledge/engine.ts';
import { masked } from '../../question/masked.ts';
import type { NoteQuestion } from '../actions.ts';

/** What the bank was asked, and what it said to that. */
export interface AskedBank {
  text: string;
  messageIds: string[];
  result: KnowledgeResult;
}

/** Notes a question for editors to learn from: without personal data already here, since the decision is kept as well. */
export const noteQuestion = ({ text, messageIds, result }: AskedBank): NoteQuestion => ({
  do: 'note-question',
  text: masked(text),
  language: result.language,
  outcome: result.outcome,
  articles: result.articles.slice(0, 3).map(({ id, confidence }) => ({ id, confidence })),
  messageIds,
});
