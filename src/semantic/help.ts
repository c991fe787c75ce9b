import type { Article } from '../knowledge/article.ts';
import type { Language } from '../language/language.ts';

/** An article that means nearly what was asked. */
export interface Near {
  id: string;
  /** How often such a match is the right one, 0 to 1, as the bank itself taught. */
  likeness: number;
}

/** An approved article as it is offered to be chosen. */
export interface Offered {
  id: string;
  title: string;
}

/** What may be made shorter: the approved text, its language, and how long it may be in characters. */
export interface Shortening {
  text: string;
  language: Language;
  atMost: number;
}

/** Help came, but must not be used: invented text, another id, a body too large, an error of the server. */
export class HelpRefused extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'HelpRefused';
  }
}

/**
 * What the operator's own models can do for the bank. Each call ends at the latest when `within` is aborted, then by
 * rejecting; it rejects with `HelpRefused` where an answer came that must not be used.
 */
export interface Help {
  /** The published articles nearest in meaning, best first, at most eight. */
  near?(question: string, language: Language, within: AbortSignal): Promise<Near[]>;
  /** One of the offered ids, or null where none fits. */
  choose?(question: string, offered: readonly Offered[], within: AbortSignal): Promise<string | null>;
  /** Fewer words for an approved text that say nothing else; null where there are none. */
  rephrase?(request: Shortening, within: AbortSignal): Promise<string | null>;
  /** Takes these articles as the whole bank, in the background; resolves once questions are compared with them. */
  learn?(articles: readonly Article[]): Promise<void>;
  stop(): Promise<void>;
}
