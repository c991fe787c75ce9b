import { lightStem } from '../language/light-stem.ts';
import { stopWords } from '../language/stop-words.ts';

/** A word as it is compared: its stem after synonyms, and its grams. */
export interface Term {
  stem: string;
  /** Carries the matter: neither a function word nor a number. */
  matters: boolean;
  grams: string[];
}

/** Everything a text is compared by, in kinds that are weighed apart; each feature with how much it counts. */
export interface Features {
  terms: Term[];
  kinds: Record<Kind, ReadonlyMap<string, number>>;
}
export const kinds = ['grams', 'words', 'pairs'] as const;
export type Kind = (typeof kinds)[number];

const gramSizes = [3, 4];

/** Pieces of 3 and 4 letters, with the word's ends marked: they survive typos, dialect forms and broken plurals. */
const gramsOf = (stem: string): string[] => {
  const marked = `_${stem}_`;
  if (marked.length <= 4) return [marked];
  const pieces: string[] = [];
  for (const size of gramSizes) {
    for (let at = 0; at + size <= marked.length; at += 1) pieces.push(marked.slice(at, at + size));
  }
  return pieces;
};

const stopStems = new Set([...stopWords].map((word) => lightStem(word)));

const termOf = (stem: string): Term => ({
  stem,
  matters: !stopStems.has(stem) && !(stem.startsWith('و') && stopStems.has(stem.slice(1))) && !/^\d+$/.test(stem),
  grams: gramsOf(stem),
});

/** Function words say a little ("when", "how long" tell questions apart), but much less than the matter. */
const functionWord = 0.3;

type Counts = Map<string, number>;

const count = (counts: Counts, feature: string, weight: number): void => {
  counts.set(feature, (counts.get(feature) ?? 0) + weight);
};

const weightOf = (term: Term): number => (term.matters ? 1 : functionWord);

/** Takes apart what a text was read as: its stems with synonyms unified. */
export const featuresOf = (stems: readonly string[]): Features => {
  const terms = stems.map(termOf);
  const counts: Record<Kind, Counts> = { grams: new Map(), words: new Map(), pairs: new Map() };
  let before: Term | undefined;
  for (const term of terms) {
    const weight = weightOf(term);
    for (const gram of term.grams) count(counts.grams, gram, weight);
    count(counts.words, term.stem, weight);
    if (before) count(counts.pairs, `${before.stem} ${term.stem}`, Math.max(weightOf(before), weight));
    before = term;
  }
  return { terms, kinds: counts };
};
