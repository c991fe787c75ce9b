import { tokens } from '../language/fold.ts';
import { stopWords } from '../language/stop-words.ts';
import { type Example, featuresOf, type Learned, learn, none, scoreFeatures } from './learn.ts';
import { fitLogistic, type Judged, likelihood } from './logistic.ts';
import type { Reader } from './read.ts';

/** A sentence and what it is an example of. */
export interface Labelled {
  text: string;
  label: string;
}

export interface Classified {
  label: string;
  /** How often so clear a case is right, 0 to 1: what was found by hiding examples and strangers in turn. */
  confidence: number;
}

export interface Classifier {
  /** The most likely label, or null where too little of the text was ever seen to judge. */
  classify(text: string): Classified | null;
}

/** The most likely label, what speaks for it, and how far it is before the second. */
interface Best {
  label: number;
  score: number;
  lead: number;
}

const bestOf = (scores: Float32Array): Best => {
  let label = 0;
  for (let at = 1; at < scores.length; at += 1) if ((scores[at] ?? 0) > (scores[label] ?? 0)) label = at;
  const score = scores[label] ?? 0;
  const second = scores.reduce((most, other, at) => (at === label ? most : Math.max(most, other)), score - 2);
  return { label, score, lead: score - second };
};

/** At most this many parts are hidden in turn. */
const turns = 3;

/** Together the strangers count as much as this part of the examples: so often is nothing of the kind said. */
const strangersShare = 0.5;

const casesOf = (examples: readonly Example[], labels: number): Judged[] => {
  const strangers = examples.filter(({ label }) => label === none).length;
  const weightOf = (label: number): number =>
    label === none ? (strangersShare * (examples.length - strangers)) / strangers : 1;
  return Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) => {
    const shown = examples.filter((_, at) => at % turns !== turn);
    const learned = learn(shown, labels);
    const hidden = examples.filter((_, at) => at % turns === turn);
    return hidden.map(({ features, label }) => {
      const best = bestOf(scoreFeatures(learned, features));
      return { inputs: [best.score, best.lead], right: best.label === label, weight: weightOf(label) };
    });
  });
};

/** What the shipped examples taught of score and lead; it leads where there are too few to learn from. */
const usual = { coefficients: [0.4, 2.8, 1.4], cases: 20 };

/** One known word among strangers gives confident nonsense (axa-group/nlp.js#286). */
const leastKnown = 2;
const leastKnownShare = 0.4;

/** Whether enough of the words that carry a matter stand in the examples; every sentence has the others. */
const isKnown = ({ vocabulary }: Learned, { meanings }: Example['features']): boolean => {
  const known = [...meanings.keys()].filter((name) => vocabulary.numbers.meanings.has(name)).length;
  return known >= leastKnown && known >= leastKnownShare * meanings.size;
};

const withoutStopWords = (text: string): string =>
  tokens(text)
    .filter((word) => !stopWords.has(word))
    .join(' ');

/**
 * Learns labels from examples, and what its own clearness is worth. `strangers` are sentences of no label: they speak
 * against all. Deterministic.
 */
export const learnClassifier = (
  examples: readonly Labelled[],
  read: Reader,
  strangers: readonly string[] = [],
): Classifier => {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const taken = [
    ...examples.map(({ text, label }) => ({ features: featuresOf(read(text)), label: labels.indexOf(label) })),
    ...strangers.map((text) => ({ features: featuresOf(read(text)), label: none })),
  ];
  const learned = learn(taken, labels.length);
  const curve = fitLogistic(casesOf(taken, labels.length), usual);
  return {
    classify(text) {
      if (!isKnown(learned, featuresOf(read(withoutStopWords(text))))) return null;
      const { label, score, lead } = bestOf(scoreFeatures(learned, featuresOf(read(text))));
      return { label: labels[label] ?? '', confidence: likelihood(curve, [score, lead]) };
    },
  };
};
