import { z } from 'zod';
import type { Collection } from '../store/port.ts';

/** How sure the bank was; the same three words as in its own answer. */
export const questionOutcome = z.enum(['answer', 'choose', 'none']);
export const questionState = z.enum(['open', 'assigned', 'dismissed']);

export const question = z.object({
  id: z.string(),
  version: z.number().int(),
  /** What was asked, without personal data (`masked`), at most 500 letters. */
  text: z.string(),
  language: z.enum(['ar', 'en']),
  at: z.string(),
  conversationId: z.string(),
  channel: z.string(),
  /** The messages that told it. */
  messageIds: z.array(z.string()),
  outcome: questionOutcome,
  /** The best three, best first. */
  articles: z.array(z.object({ id: z.string(), confidence: z.number() })),
  /** The article that the person was finally told, as the answer or as the one they chose. */
  said: z.string().nullable(),
  /** What the person said when asked whether it helped. */
  helped: z.enum(['yes', 'no']).nullable(),
  /** The ticket that it became. */
  ticketNumber: z.string().nullable(),
  state: questionState,
  /** The article that an agent named as the right answer. */
  assignedTo: z.string().nullable(),
  /** The agent who assigned or dismissed it. */
  by: z.string().nullable(),
  /** The article that it counts for; see `settled`. */
  articleId: z.string().nullable(),
  /** Its time while editors have to look at it, else null; see `settled`. */
  waitingAt: z.string().nullable(),
  expiresAt: z.string(),
});
/** A question that was asked of the bank in a conversation, and what became of it. */
export type Question = z.infer<typeof question>;

export const questions: Collection<Question> = {
  name: 'questions',
  schema: question,
  indexes: [
    { name: 'by-state', on: ['state', 'at'] },
    { name: 'by-article', on: ['articleId', 'at'] },
    { name: 'by-said', on: ['said', 'at'] },
    { name: 'by-conversation', on: ['conversationId', 'at'] },
    { name: 'by-waiting', on: ['waitingAt'] },
  ],
  filters: ['state', 'articleId', 'outcome', 'helped', 'ticketNumber'],
  expires: 'expiresAt',
};

const dayMs = 86_400_000;
const keptMs = 400 * dayMs;

/** Below this confidence the nearest article is a guess, and the question counts for none. */
const leastConfidence = 0.2;

type Facts = Omit<Question, 'articleId' | 'waitingAt' | 'expiresAt'>;

const isUnanswered = ({ outcome, said, helped }: Facts): boolean =>
  helped === 'no' || (said === null && outcome !== 'answer');

const nearest = ({ articles: [best] }: Facts): string | null =>
  best && best.confidence >= leastConfidence ? best.id : null;

/**
 * A question with what follows from its facts: it counts for the article that an agent named, else the one that was told,
 * else the nearest; it waits for editors while it is open and had no answer, none of those offered, or one that did not help.
 */
export const settled = (facts: Facts): Question => ({
  ...facts,
  articleId: facts.assignedTo ?? facts.said ?? nearest(facts),
  waitingAt: facts.state === 'open' && isUnanswered(facts) ? facts.at : null,
  expiresAt: new Date(Date.parse(facts.at) + keptMs).toISOString(),
});
