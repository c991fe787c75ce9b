import type { Language } from '../language/language.ts';
import { type TicketType, ticketType, ticketTypes } from '../ticket/types.ts';
import type { Example } from './classifier.ts';
import { trainClassifier } from './classifier.ts';
import type { UnderstandingFiles } from './files.ts';
import { compilePhrases } from './phrases.ts';

export interface TypeFound {
  id: TicketType;
  confidence: number;
  /** Why: "cue", "examples", "question", "default". */
  by: 'cue' | 'examples' | 'question' | 'default';
}

type Types = UnderstandingFiles['types'];

/** Where several types have a cue: an objection speaks of an answer already given, a complaint of our doing, and so on. */
const precedence: TicketType[] = [
  'media',
  'objection',
  'report',
  'complaint',
  'suggestion',
  'technical',
  'service',
  'inquiry',
];

/** "How do I complain?" asks; nobody complains in so few words that begin with a question. */
const shortQuestion = 9;
const sureCue = 0.9;
const leastScore = 0.7;

const examplesOf = (types: Types): Example[] =>
  ticketTypes.flatMap((label) =>
    (['ar', 'en'] as const).flatMap((language) =>
      types.types[label].examples[language].map((text) => ({ language, text, label })),
    ),
  );

const both = (texts: { ar: string[]; en: string[] }): string[] => [...texts.ar, ...texts.en];

/** Proposes the request type of a text: by the phrases that settle it, else by what was learned from examples, else inquiry. */
export const createTypeFinder = async (types: Types) => {
  const cues = compilePhrases(Object.fromEntries(ticketTypes.map((id) => [id, both(types.types[id].cues)])));
  const questions = compilePhrases({ question: both(types.questions) });
  const classifier = await trainClassifier(examplesOf(types));

  const byCue = (folded: readonly string[], asks: boolean): TypeFound | null => {
    const found = new Set(cues.find(folded).map((match) => match.label));
    const id = precedence.find((type) => found.has(type));
    if (id === undefined) return null;
    const asksHow = asks && folded.length <= shortQuestion && id !== 'technical' && id !== 'media';
    return asksHow ? { id: 'inquiry', confidence: 0.8, by: 'question' } : { id, confidence: sureCue, by: 'cue' };
  };

  return (folded: readonly string[], language: Language): TypeFound => {
    if (folded.length === 0) return { id: 'inquiry', confidence: 0.3, by: 'default' };
    const asks = questions.begins(folded);
    const cue = byCue(folded, asks);
    if (cue !== null) return cue;
    const classified = classifier.classify(folded.join(' '), language);
    if (classified !== null && classified.score >= leastScore && classified.label !== 'None') {
      const id = ticketType.parse(classified.label);
      if (!asks || id === 'inquiry' || id === 'technical') return { id, confidence: classified.score, by: 'examples' };
    }
    return asks
      ? { id: 'inquiry', confidence: 0.8, by: 'question' }
      : { id: 'inquiry', confidence: 0.5, by: 'default' };
  };
};
