import { tokens } from '../language/fold.ts';
import { lightStem } from '../language/light-stem.ts';
import { compilePhrases } from '../language/phrases.ts';

/** Rows of words and phrases that mean the same; the first of a row is the one that the others are read as. */
export type SynonymRows = readonly (readonly string[])[];

const stemmed = (phrase: string): string =>
  tokens(phrase)
    .map((word) => lightStem(word))
    .join(' ');

export interface Synonyms {
  /** Every stem that stands in a row. */
  stems: ReadonlySet<string>;
  /** Rewrites a row of stems: what a row of synonyms holds becomes its first word, longest phrase first. */
  unify(stems: readonly string[]): string[];
}

export const createSynonyms = (rows: SynonymRows): Synonyms => {
  const meaning = new Map<string, string>();
  const byMeaning: Record<string, string[]> = {};
  for (const row of rows) {
    const name = tokens(row[0] ?? '').join('-');
    for (const phrase of row.map(stemmed)) {
      if (phrase === '' || meaning.has(phrase)) continue;
      meaning.set(phrase, name);
      byMeaning[name] = [...(byMeaning[name] ?? []), phrase];
    }
  }
  const phrases = compilePhrases(byMeaning);
  const unify = (stems: readonly string[]): string[] => {
    const longest = new Map<number, { label: string; end: number }>();
    for (const { label, start, end } of phrases.find(stems)) {
      if (end > (longest.get(start)?.end ?? 0)) longest.set(start, { label, end });
    }
    const read: string[] = [];
    for (let at = 0; at < stems.length; at += 1) {
      const found = longest.get(at);
      read.push(found?.label ?? stems[at] ?? '');
      if (found) at = found.end - 1;
    }
    return read;
  };
  return { stems: new Set([...meaning.keys()].flatMap((phrase) => phrase.split(' '))), unify };
};
