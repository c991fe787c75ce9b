import type { Language } from '../language/language.ts';
import type { KnowledgeResult } from './engine.ts';

/** A question that the bank alone is not sure of. */
export interface Asked {
  text: string;
  language: Language;
}

/** Approved text that is to be said where little room is. */
export interface Roomless extends Asked {
  /** How many characters there should be at most. */
  atMost: number;
}

/** Other words for an approved text, and the lines for the "why"; null where the text itself is to be said. */
export interface Reworded {
  text: string | null;
  why: string[];
}

/**
 * Help that an operator may add to the bank (`src/semantic`): absent unless set up. None of it rejects, and none waits
 * beyond the patience of the question.
 */
export interface KnowledgeHelp {
  /** Begins the time that one question may wait for all help together. */
  patience(): AbortSignal;
  /** The bank's result with what help says added; unchanged where it was sure already or no help came in time. */
  improve(result: KnowledgeResult, asked: Asked, within: AbortSignal): Promise<KnowledgeResult>;
  /** Fewer words for an approved text; absent where nobody may reword. */
  reword?(text: Roomless, within: AbortSignal): Promise<Reworded>;
  stop(): Promise<void>;
}
