import { type Example, featuresOf, type Learned, learn, scoreFeatures } from './learn.ts';
import type { Reader } from './read.ts';

/** A sentence and what it is an example of. */
export interface Labelled {
  text: string;
  label: string;
}

export interface Classified {
  label: string;
  /** How often so clear a case is right, 0 to 1: what was found by hiding the examples from themselves. */
  confidence: number;
}

export interface Classifier {
  /** The most likely label, or null where too little of the text was ever seen to judge. */
  classify(text: string): Classified | null;
}

/** How far the first is before the second. */
interface Lead {
  first: number;
  lead: number;
}

const leadOf = (scores: Float32Array): Lead => {
  let first = 0;
  for (let at = 1; at < scores.length; at += 1) if ((scores[at] ?? 0) > (scores[first] ?? 0)) first = at;
  const second = scores.reduce((most, score, at) => (at === first ? most : Math.max(most, score)), -2);
  return { first, lead: (scores[first] ?? 0) - second };
};

/** At most this many parts are hidden in turn. */
const turns = 5;

const casesOf = (examples: readonly Example[], labels: number): { lead: number; right: boolean }[] =>
  Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) => {
    const learned = learn(
      examples.filter((_, at) => at % turns !== turn),
      labels,
    );
    return examples
      .filter((_, at) => at % turns === turn)
      .map(({ features, label }) => {
        const { first, lead } = leadOf(scoreFeatures(learned, features));
        return { lead, right: first === label };
      });
  });

/** Share of right cases among those about as clear, smoothed by one right and one wrong. */
const createScale = (cases: readonly { lead: number; right: boolean }[]) => {
  const sorted = [...cases].sort((one, other) => one.lead - other.lead);
  const window = Math.max(10, Math.round(sorted.length / 8));
  const shareAt = (from: number): number => {
    const some = sorted.slice(from, from + window);
    return (some.filter(({ right }) => right).length + 1) / (some.length + 2);
  };
  const steps = sorted.map(({ lead }, at) => ({
    lead,
    share: shareAt(Math.max(0, Math.min(at - (window >> 1), sorted.length - window))),
  }));
  // more clearness never counts for less
  for (const [at, step] of steps.entries()) step.share = Math.max(step.share, steps[at - 1]?.share ?? 0);
  return (lead: number): number => steps.findLast((step) => step.lead <= lead)?.share ?? steps[0]?.share ?? 0;
};

/** One known word among strangers gives confident nonsense (axa-group/nlp.js#286). */
const leastKnown = 2;
const leastKnownShare = 0.4;

const isKnown = ({ vocabulary }: Learned, { meanings }: Example['features']): boolean => {
  const known = [...meanings.keys()].filter((name) => vocabulary.numbers.meanings.has(name)).length;
  return known >= leastKnown && known >= leastKnownShare * meanings.size;
};

/** Learns labels from examples, and what its own clearness is worth. Deterministic. */
export const learnClassifier = (examples: readonly Labelled[], read: Reader): Classifier => {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const taken = examples.map(({ text, label }) => ({ features: featuresOf(read(text)), label: labels.indexOf(label) }));
  const learned = learn(taken, labels.length);
  const scale = createScale(casesOf(taken, labels.length));
  return {
    classify(text) {
      const features = featuresOf(read(text));
      if (!isKnown(learned, features)) return null;
      const { first, lead } = leadOf(scoreFeatures(learned, features));
      return { label: labels[first] ?? '', confidence: scale(lead) };
    },
  };
};
