import { type Kind, kinds } from './features.ts';
import { type Row, unknown } from './lexicon.ts';

/** How much each kind of feature says; chosen by leave-one-out on the shipped bank, they add up to 1. */
const kindWeights: Record<Kind, number> = { grams: 0.55, words: 0.35, pairs: 0.1 };

/** Per feature the phrasings that have it, as one list: those of feature f stand from `starts[f]` to `starts[f + 1]`. */
interface Postings {
  starts: Uint32Array;
  phrasings: Uint32Array;
  weights: Float32Array;
}

type Rarity = (feature: number) => number;

/** Weighs the features of a text: rare ones more, each kind normalised by itself. */
const weigh = ({ features, counts, ends }: Row, rarity: Rarity): Float64Array => {
  const weights = new Float64Array(features.length);
  let from = 0;
  for (const kind of kinds) {
    let squares = 0;
    for (let at = from; at < ends[kind]; at += 1) {
      const weight = Math.sqrt(counts[at] ?? 0) * rarity(features[at] ?? 0);
      weights[at] = weight;
      squares += weight * weight;
    }
    const scale = squares === 0 ? 0 : Math.sqrt(kindWeights[kind]) / Math.sqrt(squares);
    for (; from < ends[kind]; from += 1) weights[from] = (weights[from] ?? 0) * scale;
  }
  return weights;
};

/** Where the list of each feature starts, from how many rows have it. */
const startsOf = (rows: readonly Row[], size: number): Uint32Array => {
  const starts = new Uint32Array(size + 1);
  for (const { features } of rows) for (const feature of features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let feature = 1; feature <= size; feature += 1)
    starts[feature] = (starts[feature] ?? 0) + (starts[feature - 1] ?? 0);
  return starts;
};

const post = (rows: readonly Row[], starts: Uint32Array, rarity: Rarity): Postings => {
  const length = starts.at(-1) ?? 0;
  const postings = { starts, phrasings: new Uint32Array(length), weights: new Float32Array(length) };
  const next = starts.slice();
  for (const [phrasing, row] of rows.entries()) {
    const weights = weigh(row, rarity);
    for (let at = 0; at < row.features.length; at += 1) {
      const feature = row.features[at] ?? unknown;
      const place = next[feature] ?? 0;
      next[feature] = place + 1;
      postings.phrasings[place] = phrasing;
      postings.weights[place] = weights[at] ?? 0;
    }
  }
  return postings;
};

/** Phrasings that share something with a question, in no order, and how alike each is to it, 0 to 1. */
export interface Likeness {
  phrasings: Uint32Array;
  scores: Float32Array;
}

/** TF-IDF cosine over character 3- and 4-grams, words and word pairs, by an inverted index: cost grows with what is shared, not with the bank. */
export interface PhrasingIndex {
  /** How rare a feature is among the phrasings; one that none of them has is the rarest. */
  rarity: Rarity;
  compare(question: Row): Likeness;
}

/** Scores of a question while they add up, taken up again for the next one. */
interface Scores {
  /** By phrasing. */
  values: Float32Array;
  /** The phrasings that have a score, in the first `reached` places. */
  touched: Uint32Array;
  reached: number;
}

/** Adds what the phrasings that have one feature share with the question. */
const addUp = (scores: Scores, { starts, phrasings, weights }: Postings, feature: number, weight: number): void => {
  const end = starts[feature + 1] ?? 0;
  for (let at = starts[feature] ?? end; at < end; at += 1) {
    const phrasing = phrasings[at] ?? 0;
    const known = scores.values[phrasing] ?? 0;
    if (known === 0) scores.touched[scores.reached++] = phrasing;
    scores.values[phrasing] = known + weight * (weights[at] ?? 0);
  }
};

const takeLikeness = (scores: Scores): Likeness => {
  const phrasings = scores.touched.slice(0, scores.reached);
  const likeness = { phrasings, scores: new Float32Array(scores.reached) };
  for (let at = 0; at < scores.reached; at += 1) {
    const phrasing = phrasings[at] ?? 0;
    likeness.scores[at] = scores.values[phrasing] ?? 0;
    scores.values[phrasing] = 0;
  }
  scores.reached = 0;
  return likeness;
};

/** Indexes phrasings, which are named by their places in the list. `size` is how many features have a number. */
export const createPhrasingIndex = (rows: readonly Row[], size: number): PhrasingIndex => {
  const total = rows.length;
  const starts = startsOf(rows, size);
  const isKnown = (feature: number): boolean => feature >= 0 && feature < size;
  const frequency = (feature: number): number =>
    isKnown(feature) ? (starts[feature + 1] ?? 0) - (starts[feature] ?? 0) : 0;
  const rarity: Rarity = (feature) => Math.log(1 + total / (0.5 + frequency(feature)));
  const postings = post(rows, starts, rarity);
  const scores = { values: new Float32Array(total), touched: new Uint32Array(total), reached: 0 };
  return {
    rarity,
    compare(question) {
      const weights = weigh(question, rarity);
      for (let at = 0; at < weights.length; at += 1) {
        const feature = question.features[at] ?? unknown;
        if (isKnown(feature)) addUp(scores, postings, feature, weights[at] ?? 0);
      }
      return takeLikeness(scores);
    },
  };
};
