import type { Features } from './features.ts';
import { type Linear, learnLinear, scoresOf } from './linear.ts';
import { rowOf, stack, type Vocabulary, vocabularyOf } from './rows.ts';

export { featuresOf } from './features.ts';

/** What was learned from examples. Plain data: it may go to another thread. */
export interface Learned {
  vocabulary: Vocabulary;
  linear: Linear;
}

/** The label of an example that is of none: it speaks against all. */
export const none = -1;

/** An example in features, and the number of its label, or `none`. */
export interface Example {
  features: Features;
  label: number;
}

/** Learns labels from examples. Labels are numbers from 0 to `labels` - 1; one without examples is never likely. */
export const learn = (examples: readonly Example[], labels: number): Learned => {
  const vocabulary = vocabularyOf(examples.map(({ features }) => features));
  const rows = stack(examples.map(({ features }) => rowOf(features, vocabulary)));
  const of = examples.map(({ label }) => label);
  return { vocabulary, linear: learnLinear(rows, of, labels, vocabulary.rarity.length) };
};

/** What speaks for each label: over 0 for it, under 0 against it. */
export const scoreFeatures = ({ vocabulary, linear }: Learned, features: Features): Float32Array =>
  scoresOf(linear, rowOf(features, vocabulary));
