import { type Row, unknown } from './lexicon.ts';
import { type Rarity, type WeighedRows, weigh } from './weighed-rows.ts';

/** An article and how alike it is to a question, by its best phrasing and a little of its next ones, 0 to 1. */
export interface Close {
  article: number;
  likeness: number;
  /** Its best phrasing; -1 where none has anything in common with the question. */
  phrasing: number;
}

/** Phrasings that count as not there. */
export type Hides = (phrasing: number) => boolean;

/** Where the phrasings of each article begin; behind the last article the end. */
export type Begins = Uint32Array;

/** The weights of a question by feature, taken up again for the next one. */
type Spread = Float32Array;

const likenessTo = ({ starts, features, weights }: WeighedRows, spread: Spread, phrasing: number): number => {
  let sum = 0;
  const end = starts[phrasing + 1] ?? 0;
  for (let at = starts[phrasing] ?? end; at < end; at += 1)
    sum += (spread[features[at] ?? 0] ?? 0) * (weights[at] ?? 0);
  return sum;
};

/** How much the next two phrasings count beside the best one. */
const restShare = 0.45;

const together = (best: number, second: number, third: number): number =>
  best * (1 - restShare) + (restShare * (second + third)) / 2;

const closeTo = (likeness: (phrasing: number) => number, article: number, from: number, to: number): Close => {
  let [best, second, third, at] = [0, 0, 0, -1];
  for (let phrasing = from; phrasing < to; phrasing += 1) {
    const score = likeness(phrasing);
    if (score > best) [third, second, best, at] = [second, best, score, phrasing];
    else if (score > second) [third, second] = [second, score];
    else if (score > third) third = score;
  }
  return { article, likeness: together(best, second, third), phrasing: at };
};

/** TF-IDF cosine over character 3- and 4-grams, words and word pairs. */
export interface Likening {
  /** How alike articles are to a question, in the order in which they were named. */
  of(question: Row, named: readonly number[], hides?: Hides): Close[];
}

/** Compares questions with the phrasings of articles that are named; cost grows with what is named, not with the bank. */
export const createLikening = (rows: WeighedRows, begins: Begins, rarity: Rarity): Likening => {
  const spread: Spread = new Float32Array(rows.frequencies.length);
  const lay = ({ features }: Row, weights: Float64Array | null): void => {
    for (const [at, feature] of features.entries()) if (feature !== unknown) spread[feature] = weights?.[at] ?? 0;
  };
  return {
    of(question, named, hides) {
      lay(question, weigh(question, rarity));
      const likeness = (phrasing: number): number => (hides?.(phrasing) ? 0 : likenessTo(rows, spread, phrasing));
      const found = named.map((article) => closeTo(likeness, article, begins[article] ?? 0, begins[article + 1] ?? 0));
      lay(question, null);
      return found;
    },
  };
};

/** By feature the phrasings that have it. */
interface Postings {
  starts: Uint32Array;
  phrasings: Uint32Array;
  weights: Float32Array;
}

const postingsOf = ({ starts: rows, features, weights, frequencies }: WeighedRows): Postings => {
  // phrasings that came after learning are not among the frequencies
  const starts = new Uint32Array(frequencies.length + 1);
  for (const feature of features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let feature = 1; feature < starts.length; feature += 1)
    starts[feature] = (starts[feature] ?? 0) + (starts[feature - 1] ?? 0);
  const postings = { starts, phrasings: new Uint32Array(features.length), weights: new Float32Array(features.length) };
  const next = starts.slice();
  for (let phrasing = 0; phrasing + 1 < rows.length; phrasing += 1) {
    for (let at = rows[phrasing] ?? 0; at < (rows[phrasing + 1] ?? 0); at += 1) {
      const feature = features[at] ?? 0;
      const place = next[feature] ?? 0;
      next[feature] = place + 1;
      postings.phrasings[place] = phrasing;
      postings.weights[place] = weights[at] ?? 0;
    }
  }
  return postings;
};

/** Scores of a question while they add up, taken up again for the next one. */
interface Tally {
  scores: Float32Array;
  touched: number[];
}

/** Adds what the phrasings that have one feature share with the question. */
const addUp = ({ scores, touched }: Tally, postings: Postings, feature: number, weight: number): void => {
  const end = postings.starts[feature + 1] ?? 0;
  for (let place = postings.starts[feature] ?? end; place < end; place += 1) {
    const phrasing = postings.phrasings[place] ?? 0;
    const known = scores[phrasing] ?? 0;
    if (known === 0) touched.push(phrasing);
    scores[phrasing] = known + weight * (postings.weights[place] ?? 0);
  }
};

/** Gives the articles that are closest to a question, at most `most`, by what they share with it. */
export type FindClosest = (question: Row, most: number, hides?: Hides) => number[];

/**
 * Finds the closest of very many articles by their best phrasing, by an inverted index: cost grows with what is shared.
 * `articleOf` gives the article of each phrasing.
 */
export const createClosestFinder = (rows: WeighedRows, articleOf: Uint32Array, rarity: Rarity): FindClosest => {
  const postings = postingsOf(rows);
  const tally: Tally = { scores: new Float32Array(articleOf.length), touched: [] };
  const takeBest = (hides: Hides | undefined): Map<number, number> => {
    const best = new Map<number, number>();
    for (const phrasing of tally.touched) {
      const article = articleOf[phrasing] ?? 0;
      const score = tally.scores[phrasing] ?? 0;
      tally.scores[phrasing] = 0;
      if (score > (best.get(article) ?? 0) && !hides?.(phrasing)) best.set(article, score);
    }
    tally.touched = [];
    return best;
  };
  return (question, most, hides) => {
    for (const [at, weight] of weigh(question, rarity).entries()) {
      const feature = question.features[at] ?? unknown;
      if (feature !== unknown) addUp(tally, postings, feature, weight);
    }
    return [...takeBest(hides)]
      .sort(([one, less], [other, more]) => more - less || one - other)
      .slice(0, most)
      .map(([article]) => article);
  };
};
