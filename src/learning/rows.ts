import { type Features, type Kind, kinds, kindWeights } from './features.ts';

/** Sparse rows in plain arrays: those of row r stand from `starts[r]` to `starts[r + 1]`. */
export interface Rows {
  starts: Uint32Array;
  features: Uint32Array;
  values: Float32Array;
}

/** The features that the examples have, numbered, and how rare each is. Plain data: it may go to another thread. */
export interface Vocabulary {
  numbers: Record<Kind, Map<string, number>>;
  rarity: Float32Array;
}

/** A feature that fewer examples have than this is left out; in few examples each counts. */
const leastOf = (kind: Kind, examples: number): number => (kind === 'pairs' && examples > 2000 ? 2 : 1);

const numberKind = (all: readonly Features[], kind: Kind, counts: number[]): Map<string, number> => {
  const seen = new Map<string, number>();
  for (const features of all) for (const name of features[kind].keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
  const least = leastOf(kind, all.length);
  const numbers = new Map<string, number>();
  for (const [name, often] of seen) {
    if (often < least) continue;
    numbers.set(name, counts.length);
    counts.push(often);
  }
  return numbers;
};

/** Numbers the features of all examples; rare ones weigh more. */
export const vocabularyOf = (all: readonly Features[]): Vocabulary => {
  const counts: number[] = [];
  const numbers = {
    pieces: numberKind(all, 'pieces', counts),
    meanings: numberKind(all, 'meanings', counts),
    pairs: numberKind(all, 'pairs', counts),
  };
  return { numbers, rarity: Float32Array.from(counts, (often) => Math.log((1 + all.length) / (1 + often)) + 1) };
};

/** A text in numbers: what the vocabulary knows of it, of length 1. */
export interface Row {
  features: number[];
  values: number[];
}

const addKind = (row: Row, features: Features, kind: Kind, { numbers, rarity }: Vocabulary): void => {
  const from = row.features.length;
  let squares = 0;
  for (const [name, often] of features[kind]) {
    const number = numbers[kind].get(name);
    if (number === undefined) continue;
    const value = often * (rarity[number] ?? 0);
    row.features.push(number);
    row.values.push(value);
    squares += value * value;
  }
  const scale = squares === 0 ? 0 : Math.sqrt(kindWeights[kind] / squares);
  for (let at = from; at < row.values.length; at += 1) row.values[at] = (row.values[at] ?? 0) * scale;
};

export const rowOf = (features: Features, vocabulary: Vocabulary): Row => {
  const row: Row = { features: [], values: [] };
  for (const kind of kinds) addKind(row, features, kind, vocabulary);
  const length = Math.sqrt(row.values.reduce((sum, value) => sum + value * value, 0));
  return { features: row.features, values: row.values.map((value) => value / (length || 1)) };
};

/** Rows one behind the other. */
export const stack = (rows: readonly Row[]): Rows => {
  const starts = new Uint32Array(rows.length + 1);
  for (const [at, { features }] of rows.entries()) starts[at + 1] = (starts[at] ?? 0) + features.length;
  const stacked = {
    starts,
    features: new Uint32Array(starts.at(-1) ?? 0),
    values: new Float32Array(starts.at(-1) ?? 0),
  };
  for (const [at, { features, values }] of rows.entries()) {
    stacked.features.set(features, starts[at]);
    stacked.values.set(values, starts[at]);
  }
  return stacked;
};
