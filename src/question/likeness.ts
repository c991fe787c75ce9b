import { tokens } from '../language/fold.ts';
import { lightStem } from '../language/light-stem.ts';
import { stopWords } from '../language/stop-words.ts';

/** A text as numbers: features by their place in the lexicon, and how much each counts. Its length is 1, or 0 without features. */
export interface Vector {
  features: Int32Array;
  weights: Float64Array;
}

type Counts = ReadonlyMap<string, number>;
/** Stems tell the matter; pieces of them survive typos, dialect forms and broken plurals. Each kind is half of the likeness. */
interface Parts {
  stems: Counts;
  pieces: Counts;
}

const pieceSizes = [3, 4];
const stopStems = new Set([...stopWords].map((word) => lightStem(word)));

const piecesOf = (stem: string): string[] => {
  const marked = `_${stem}_`;
  const pieces: string[] = [];
  for (const size of pieceSizes)
    for (let at = 0; at + size <= marked.length; at += 1) pieces.push(marked.slice(at, at + size));
  return pieces;
};

const countOf = (features: readonly string[]): Counts => {
  const counts = new Map<string, number>();
  for (const one of features) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};

/** Words come again and again: each is worked on once. */
function once<T>(work: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const result = known.get(word) ?? work(word);
    known.set(word, result);
    return result;
  };
}

/** Reads what a text is compared by: its words without those that carry no matter, or all where it has no others. */
function createReader(): (text: string) => Parts {
  const stemOf = once((word) => lightStem(word));
  const pieces = once(piecesOf);
  return (text) => {
    const all = tokens(text).map(stemOf);
    const telling = all.filter((stem) => !stopStems.has(stem));
    const stems = telling.length > 0 ? telling : all;
    return { stems: countOf(stems), pieces: countOf(stems.flatMap(pieces)) };
  };
}

/** What stands in more texts than this part of them tells none from the others, once there are many. */
const commonShare = 0.2;
const few = 50;

interface Lexicon {
  /** The place of a feature and its rarity; null where it tells nothing. */
  find(feature: string): { place: number; rarity: number } | null;
  size: number;
}

function lexiconOf(texts: readonly Counts[]): Lexicon {
  const found = new Map<string, { place: number; texts: number }>();
  for (const text of texts)
    for (const feature of text.keys()) {
      const known = found.get(feature);
      if (known) known.texts += 1;
      else found.set(feature, { place: found.size, texts: 1 });
    }
  const most = Math.max(few, texts.length * commonShare);
  return {
    find(feature) {
      const known = found.get(feature);
      if (!known || known.texts > most) return null;
      return { place: known.place, rarity: Math.log(1 + texts.length / known.texts) };
    },
    size: found.size,
  };
}

type Weighed = [place: number, weight: number][];

const weigh = (counts: Counts, lexicon: Lexicon, from: number): Weighed => {
  const weighed: Weighed = [];
  for (const [feature, count] of counts) {
    const known = lexicon.find(feature);
    if (known) weighed.push([known.place + from, (1 + Math.log(count)) * known.rarity]);
  }
  const length = Math.sqrt(2 * weighed.reduce((sum, [, weight]) => sum + weight * weight, 0));
  return weighed.map(([place, weight]) => [place, weight / length]);
};

const vectorOf = (weighed: Weighed): Vector => ({
  features: Int32Array.from(weighed, ([place]) => place),
  weights: Float64Array.from(weighed, ([, weight]) => weight),
});

/**
 * Texts as vectors whose dot product is their likeness, 0 to 1: half by rare words, half by rare pieces of words. `size` is
 * how many features there are. What is rare depends on all of the texts. Yields between texts.
 */
export function* vectorsOf(texts: readonly string[]): Generator<void, { vectors: Vector[]; size: number }> {
  const read = createReader();
  const parts: Parts[] = [];
  for (const text of texts) {
    parts.push(read(text));
    yield;
  }
  const stems = lexiconOf(parts.map((one) => one.stems));
  const pieces = lexiconOf(parts.map((one) => one.pieces));
  const vectors: Vector[] = [];
  for (const one of parts) {
    vectors.push(vectorOf([...weigh(one.stems, stems, 0), ...weigh(one.pieces, pieces, stems.size)]));
    yield;
  }
  return { vectors, size: stems.size + pieces.size };
}
