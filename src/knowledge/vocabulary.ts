import type { Row } from './lexicon.ts';

/** Distinct feature numbers, in order. */
type Numbers = Uint32Array;

const numbersOf = (features: Iterable<number>): Numbers => Uint32Array.from(new Set(features)).sort();

/** Whether a number is among them, by halving. */
const holds = (numbers: Numbers, number: number): boolean => {
  let from = 0;
  let to = numbers.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] ?? 0) < number) from = middle + 1;
    else to = middle;
  }
  return numbers[from] === number;
};

/**
 * What an article knows, as numbers of the lexicon: the stems of its phrasings, title and answer, and the grams of its
 * phrasings; apart from them those that only one of its phrasings has.
 */
export interface Vocabulary {
  words: Numbers;
  grams: Numbers;
  wordsOnce: Numbers;
  gramsOnce: Numbers;
}

const once = (all: readonly number[], unless: ReadonlySet<number>): Numbers => {
  const counts = new Map<number, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return numbersOf([...counts].filter(([one, often]) => often === 1 && !unless.has(one)).map(([one]) => one));
};

/** `body` are the words of the answer. */
export const vocabularyOf = (phrasings: readonly Row[], body: readonly number[]): Vocabulary => {
  const words = phrasings.flatMap(({ features, ends }) => features.slice(ends.grams, ends.words));
  const grams = phrasings.flatMap(({ features, ends }) => features.slice(0, ends.grams));
  return {
    words: numbersOf([...words, ...body]),
    grams: numbersOf(grams),
    wordsOnce: once(words, new Set(body)),
    gramsOnce: once(grams, new Set()),
  };
};

/** A word of a question by numbers of the lexicon. */
export interface Term {
  stem: string;
  matters: boolean;
  word: number;
  grams: number[];
}

/** A word that is not known as it stands may be a known one misspelt: the share of its grams decides, from half upward. */
const knownShare = (term: Term, { words, grams, wordsOnce, gramsOnce }: Vocabulary, own: boolean): number => {
  const isKnown = (all: Numbers, single: Numbers, one: number): boolean =>
    holds(all, one) && !(own && holds(single, one));
  if (isKnown(words, wordsOnce, term.word)) return 1;
  let shared = 0;
  for (const gram of term.grams) if (isKnown(grams, gramsOnce, gram)) shared += 1;
  return Math.max(0, (shared / term.grams.length - 0.5) * 1.6);
};

/** How words are weighed, and whether the question is one of the article's own phrasings, which then does not count. */
export interface Covering {
  weightOf(term: Term): number;
  own: boolean;
}

/** Share of the words that matter, by weight, that a vocabulary knows, 0 to 1. */
export const coverageOf = (terms: readonly Term[], vocabulary: Vocabulary, { weightOf, own }: Covering): number => {
  const matter = terms.filter((term) => term.matters);
  let all = 0;
  let known = 0;
  for (const term of matter.length > 0 ? matter : terms) {
    const weight = weightOf(term);
    all += weight;
    known += weight * knownShare(term, vocabulary, own);
  }
  return all === 0 ? 0 : known / all;
};
