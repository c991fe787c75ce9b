import { type Kind, kinds } from './features.ts';
import { type Row, unknown } from './lexicon.ts';

/** How much each kind of feature says; chosen by leave-one-out on the shipped bank, they add up to 1. */
const kindWeights: Record<Kind, number> = { grams: 0.55, words: 0.35, pairs: 0.1 };

/** How rare a feature is among the phrasings; one that none of them has is the rarest. */
export type Rarity = (feature: number) => number;

/** The phrasings in numbers, one behind the other: those of phrasing p stand from `starts[p]` on. Plain data. */
export interface WeighedRows {
  starts: Uint32Array;
  features: Uint32Array;
  weights: Float32Array;
  /** How many phrasings have each feature. */
  frequencies: Uint32Array;
}

/** Weighs the features of a text: rare ones more, each kind normalised by itself. */
export const weigh = ({ features, counts, ends }: Row, rarity: Rarity): Float64Array => {
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

export const rarityBy = (frequencies: Uint32Array, total: number): Rarity => {
  const known = Float64Array.from(frequencies, (often) => Math.log(1 + total / (0.5 + often)));
  const strange = Math.log(1 + total / 0.5);
  return (feature) => (feature === unknown ? strange : (known[feature] ?? strange));
};

const place = (rows: readonly Row[], rarity: Rarity): Omit<WeighedRows, 'frequencies'> => {
  const starts = new Uint32Array(rows.length + 1);
  for (const [at, { features }] of rows.entries()) starts[at + 1] = (starts[at] ?? 0) + features.length;
  const length = starts.at(-1) ?? 0;
  const all = { starts, features: new Uint32Array(length), weights: new Float32Array(length) };
  for (const [at, row] of rows.entries()) {
    all.features.set(row.features, starts[at]);
    all.weights.set(weigh(row, rarity), starts[at]);
  }
  return all;
};

const joined = <T extends Uint32Array | Float32Array>(all: T, one: T, more: T): T => {
  all.set(one, 0);
  all.set(more, one.length);
  return all;
};

/** Puts further phrasings behind those that are there, weighed by the rarity of before. `size` is how many features there are now. */
export const weighMore = (rows: WeighedRows, more: readonly Row[], size: number): WeighedRows => {
  const frequencies = new Uint32Array(size);
  frequencies.set(rows.frequencies);
  const fresh = place(more, rarityBy(frequencies, rows.starts.length - 1 + more.length));
  const behind = rows.features.length;
  const starts = Uint32Array.from([...rows.starts, ...[...fresh.starts.slice(1)].map((start) => start + behind)]);
  const length = behind + fresh.features.length;
  return {
    starts,
    features: joined(new Uint32Array(length), rows.features, fresh.features),
    weights: joined(new Float32Array(length), rows.weights, fresh.weights),
    frequencies,
  };
};

/** Weighs phrasings, which are named by their places in the list. `size` is how many features have a number. */
export const weighAll = (rows: readonly Row[], size: number): WeighedRows => {
  const frequencies = new Uint32Array(size);
  for (const { features } of rows)
    for (const feature of features) frequencies[feature] = (frequencies[feature] ?? 0) + 1;
  return { ...place(rows, rarityBy(frequencies, rows.length)), frequencies };
};
