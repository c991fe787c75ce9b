import type { Language } from '../language/language.ts';
import { compilePhrases } from '../language/phrases.ts';
import { type Classifier, type Labelled, learnClassifier } from '../learning/classify.ts';
import { createReader } from '../learning/read.ts';
import type { Words } from '../learning/words.ts';
import { type TicketType, ticketType, ticketTypes } from '../ticket/types.ts';
import type { UnderstandingFiles } from './files.ts';

export interface TypeFound {
  id: TicketType;
  confidence: number;
  /** Why: "cue", "tone", "examples", "question", "default". */
  by: 'cue' | 'tone' | 'examples' | 'question' | 'default';
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
/** Learned types are proposed where they are more likely right than wrong; whoever acts on one asks for more. */
const leastScore = 0.5;

const examplesOf = (types: Types, language: Language): Labelled[] =>
  ticketTypes.flatMap((label) => types.types[label].examples[language].map((text) => ({ text, label })));

const both = (texts: { ar: string[]; en: string[] }): string[] => [...texts.ar, ...texts.en];

const learnTypes = (types: Types, language: Language, words: Words): Classifier =>
  learnClassifier(examplesOf(types, language), createReader(words, language), [
    ...types.idle[language],
    ...words.elsewhere[language],
  ]);

interface LearnedTypes {
  words: Words;
  classifier(language: Language): Classifier;
}
const learnedTypes = new WeakMap<Types, LearnedTypes>();

/**
 * Learning takes some tenths of a second for a language: it waits for the first text in it, so that a start need not wait, and
 * is done once, since the organisation is edited more often than its examples.
 */
const classifierFor = (types: Types, words: Words): LearnedTypes['classifier'] => {
  const known = learnedTypes.get(types);
  if (known?.words === words) return known.classifier;
  const learned: Partial<Record<Language, Classifier>> = {};
  const classifier = (language: Language): Classifier => {
    learned[language] ??= learnTypes(types, language, words);
    return learned[language];
  };
  learnedTypes.set(types, { words, classifier });
  return classifier;
};

/** Proposes the request type of a text: by the phrases that settle it, else by what was learned from examples, else inquiry. */
export const createTypeFinder = (types: Types, words: Words) => {
  const cues = compilePhrases(Object.fromEntries(ticketTypes.map((id) => [id, both(types.types[id].cues)])));
  const questions = compilePhrases({ question: both(types.questions) });
  const classifier = classifierFor(types, words);

  const byCue = (folded: readonly string[], asks: boolean): TypeFound | null => {
    const found = new Set(cues.find(folded).map((match) => match.label));
    const id = precedence.find((type) => found.has(type));
    if (id === undefined) return null;
    const asksHow = asks && folded.length <= shortQuestion && id !== 'technical' && id !== 'media';
    return asksHow ? { id: 'inquiry', confidence: 0.8, by: 'question' } : { id, confidence: sureCue, by: 'cue' };
  };

  const byExamples = (folded: readonly string[], language: Language, asks: boolean): TypeFound | null => {
    const classified = classifier(language).classify(folded.join(' '));
    if (classified === null || classified.confidence < leastScore) return null;
    const id = ticketType.parse(classified.label);
    const fits = !asks || id === 'inquiry' || id === 'technical';
    return fits ? { id, confidence: classified.confidence, by: 'examples' } : null;
  };

  return (folded: readonly string[], language: Language, tones: ReadonlySet<string>): TypeFound => {
    if (folded.length === 0) return { id: 'inquiry', confidence: 0.3, by: 'default' };
    const asks = questions.begins(folded);
    const cue = byCue(folded, asks);
    if (cue !== null) return cue;
    if (tones.has('sensitive') || tones.has('danger')) return { id: 'report', confidence: 0.7, by: 'tone' };
    const learned = byExamples(folded, language, asks);
    // who insults beside a matter complains of it
    const isInquiry = learned === null || learned.id === 'inquiry';
    if (isInquiry && tones.has('abuse') && folded.length >= 3) return { id: 'complaint', confidence: 0.7, by: 'tone' };
    if (learned !== null) return learned;
    return asks
      ? { id: 'inquiry', confidence: 0.8, by: 'question' }
      : { id: 'inquiry', confidence: 0.5, by: 'default' };
  };
};
