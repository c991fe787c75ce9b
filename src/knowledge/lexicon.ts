import { type Features, type Kind, kinds } from './features.ts';

/** The number of a feature that the bank does not know. */
export const unknown = -1;

/** Features by number, each with how much it counts: the grams first, then the words, then the pairs. */
export interface Row {
  features: number[];
  counts: number[];
  /** Where the features of each kind end in the lists. */
  ends: Record<Kind, number>;
}

/** Features by kind, with their numbers. */
export type Numbers = Record<Kind, Map<string, number>>;

/** The features that a bank knows, numbered from 0 on, so that everything learned of them stands in plain arrays. */
export interface Lexicon {
  /** How many features have a number. */
  size(): number;
  /** The number of a feature, or `unknown`. */
  find(kind: Kind, feature: string): number;
  /** The number of a feature; a new one gets the next. */
  take(kind: Kind, feature: string): number;
  numbers: Numbers;
}

/** The number of a feature, or `unknown`. */
export const findIn =
  (numbers: Numbers): Lexicon['find'] =>
  (kind, feature) =>
    numbers[kind].get(feature) ?? unknown;

const noNumbers = (): Numbers => ({ grams: new Map(), words: new Map(), pairs: new Map() });

/** Goes on with the numbers that are there; they are changed. */
export const createLexicon = (numbers: Numbers = noNumbers()): Lexicon => {
  let size = numbers.grams.size + numbers.words.size + numbers.pairs.size;
  return {
    size: () => size,
    find: findIn(numbers),
    take(kind, feature) {
      const known = numbers[kind].get(feature);
      if (known !== undefined) return known;
      numbers[kind].set(feature, size);
      return size++;
    },
    numbers,
  };
};

/** Writes features as numbers; `numberOf` is the lexicon's `find` or `take`. */
export const rowOf = (features: Features, numberOf: Lexicon['find']): Row => {
  const row: Row = { features: [], counts: [], ends: { grams: 0, words: 0, pairs: 0 } };
  for (const kind of kinds) {
    features.kinds[kind].forEach((count, feature) => {
      row.features.push(numberOf(kind, feature));
      row.counts.push(count);
    });
    row.ends[kind] = row.features.length;
  }
  return row;
};
