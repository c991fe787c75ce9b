import type { Word } from '../language/fold.ts';
import { compilePhrases } from '../language/phrases.ts';
import type { UnderstandingFiles } from './files.ts';
import type { Span } from './text-parts.ts';

type Pleasantry = 'salam' | 'hello' | 'wellbeing' | 'thanks' | 'farewell' | 'ok' | 'politeness' | 'filler';

/** A pleasantry in a text: which words it covers and where they stand. */
export interface PleasantryFound extends Span {
  label: Pleasantry;
  firstWord: number;
  /** Exclusive. */
  lastWord: number;
}

/** A closing "والسلام عليكم" is no greeting: a longer phrase swallows those inside it. */
const isInside = (one: PleasantryFound, other: PleasantryFound): boolean =>
  other.firstWord <= one.firstWord &&
  other.lastWord >= one.lastWord &&
  (other.lastWord - other.firstWord > one.lastWord - one.firstWord ||
    (other.label === 'farewell' && one.label === 'salam' && one.firstWord > 0));

/** "ما انحلت", "not clear": what is denied is no consent. */
const denials = /^(?:ما|لم|لا|مو|مب|مش|موب|غير|ليس|not|isn|never|no)$/;
const isDenied = ({ label, firstWord }: PleasantryFound, words: readonly Word[]): boolean =>
  label === 'ok' && denials.test(words[firstWord - 1]?.folded ?? '');

export const createPleasantryFinder = (files: UnderstandingFiles['pleasantries']) => {
  const { signs: _, ...phrases } = files;
  const compiled = compilePhrases(phrases);
  return (words: readonly Word[]): PleasantryFound[] => {
    const found = compiled.find(words.map((word) => word.folded)).flatMap(({ label, start, end }) => {
      const first = words[start];
      const last = words[end - 1];
      if (!first || !last) return [];
      return [{ label: label as Pleasantry, firstWord: start, lastWord: end, start: first.start, end: last.end }];
    });
    const said = found.filter((one) => !isDenied(one, words));
    return said.filter((one) => !said.some((other) => other !== one && isInside(one, other)));
  };
};

/** Words at the beginning of which nothing but these pleasantries stands, and the same at the end. */
export const atEdges = (words: readonly Word[], found: readonly PleasantryFound[]): PleasantryFound[] => {
  const covered = new Set<number>();
  for (const one of found) for (let at = one.firstWord; at < one.lastWord; at += 1) covered.add(at);
  const firstOther = words.findIndex((_, at) => !covered.has(at));
  const lastOther = words.findLastIndex((_, at) => !covered.has(at));
  if (firstOther < 0) return [...found];
  return found.filter((one) => one.lastWord <= firstOther || one.firstWord > lastOther);
};
