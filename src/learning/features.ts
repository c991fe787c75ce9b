import type { Reading } from './read.ts';

/** The kinds of features, weighed apart: pieces of the words as written, what they say, and neighbours. */
export const kinds = ['pieces', 'meanings', 'pairs'] as const;
export type Kind = (typeof kinds)[number];

/** How much each kind says; chosen by measuring few and many examples, Arabic and English (`npm run bench -- knowledge`). */
export const kindWeights: Readonly<Record<Kind, number>> = { pieces: 1, meanings: 0.8, pairs: 0.2 };

/** Features of a text by kind, each with how often it stands there. */
export type Features = Readonly<Record<Kind, ReadonlyMap<string, number>>>;

const pieceSizes = [2, 3];

/** Pieces of 2 and 3 letters with the word's ends marked: they survive typos, dialect forms and broken plurals. */
const piecesOf = (word: string): string[] => {
  const marked = `_${word}_`;
  return pieceSizes.flatMap((size) =>
    Array.from({ length: Math.max(0, marked.length - size + 1) }, (_, at) => marked.slice(at, at + size)),
  );
};

const count = (all: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};

const neighbours = (stems: readonly string[]): string[] => stems.slice(1).map((stem, at) => `${stems[at]} ${stem}`);

/** Takes a reading apart into what is learned from it. */
export const featuresOf = ({ written, stems, ideas, others }: Reading): Features => ({
  pieces: count(written.flatMap(piecesOf)),
  meanings: count([...ideas, ...others.map((stem) => `=${stem}`)]),
  pairs: count(neighbours(stems)),
});
