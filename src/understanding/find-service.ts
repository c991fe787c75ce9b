import { tokens } from '../language/fold.ts';
import { bareWord, type Knows, lightStem } from '../language/light-stem.ts';
import { compilePhrases } from '../language/phrases.ts';
import type { Service } from '../organisation/organisation.ts';

export interface ServiceFound {
  id: string;
  /** 0 to 1; grows with how much speaks for it and falls with what speaks for others. */
  confidence: number;
}

/** Endings stay in Arabic, where they tell معاملة (a transaction) from معامل (labs). */
const bareOf = (word: string, knows?: Knows): string => (/[a-z]/.test(word) ? lightStem(word) : bareWord(word, knows));

const stemPhrase = (phrase: string): string =>
  tokens(phrase)
    .map((word) => bareOf(word))
    .join(' ');

const stemmedPhrases = ({ name, words }: Service): string[] => [
  ...new Set([name.ar, name.en, ...words.ar, ...words.en].map(stemPhrase)),
];

const leastShare = 0.5;

/** Proposes the service whose everyday words stand in a text; words that several services claim count less for each. */
export const createServiceFinder = (services: readonly Service[]) => {
  const byService = Object.fromEntries(services.map((service) => [service.id, stemmedPhrases(service)]));
  const phrases = compilePhrases(byService);
  const claims = new Map<string, number>();
  for (const phrase of Object.values(byService).flat()) claims.set(phrase, (claims.get(phrase) ?? 0) + 1);

  const vocabulary = new Set([...claims.keys()].flatMap((phrase) => phrase.split(' ')));
  const knows: Knows = (word) => vocabulary.has(word);

  return (folded: readonly string[]): ServiceFound | null => {
    const stems = folded.map((word) => bareOf(word, knows));
    const weights = new Map<string, number>();
    for (const { label, start, end } of phrases.find(stems)) {
      const claimed = claims.get(stems.slice(start, end).join(' ')) ?? 1;
      weights.set(label, (weights.get(label) ?? 0) + (0.5 + 0.5 * (end - start)) / claimed);
    }
    const ranked = [...weights].sort(([, one], [, other]) => other - one);
    const first = ranked[0];
    if (first === undefined) return null;
    const share = first[1] / ranked.reduce((sum, [, weight]) => sum + weight, 0);
    const confidence = share * (1 - 0.4 ** first[1]);
    return share < leastShare ? null : { id: first[0], confidence: Math.round(confidence * 100) / 100 };
  };
};
