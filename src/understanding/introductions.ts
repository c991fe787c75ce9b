import type { Word } from '../language/fold.ts';
import { parted } from '../language/name-run.ts';
import type { Persona } from './find-persona.ts';
import { type Span, uncovered } from './text-parts.ts';

/** With these somebody speaks of themselves. */
const pronouns = /^(?:تابعه?|منسوبه?|انا|اني|نحن|احنا|معك|معكم|معاك|معاكم|وانا|i|am|m|im|we|are|my)$/;
/** What joins the parts of an introduction. */
const links = /^(?:من|في|ب|و|from|of|at|in|a|an|the|and)$/;

const within = ({ start, end }: Span, word: Word): boolean => start <= word.start && word.end <= end;

/** The word before a span, without what joins it. */
function before(words: readonly Word[], span: Span): Word | null {
  const earlier = words.filter(({ end }) => end <= span.start);
  return earlier.findLast(({ folded }) => !links.test(folded)) ?? null;
}

/** Between signs: "…، كلية العلوم". */
function standsApart(text: string, words: readonly Word[], span: Span): boolean {
  const at = words.findIndex((word) => within(span, word));
  const to = words.findLastIndex((word) => within(span, word));
  const [left, first, last, right] = [words[at - 1], words[at], words[to], words[to + 1]];
  const isLeft = left === undefined || (first !== undefined && parted(text, left, first));
  return isLeft && (right === undefined || (last !== undefined && parted(text, last, right)));
}

/**
 * The stretches of a text in which its writer says who they are. A college or a role in the midst of a matter is where it
 * is, or whom it is about, and stays part of the matter. Pure.
 */
export function introductions(
  text: string,
  words: readonly Word[],
  { name, entity, category }: Persona,
  pleasantries: readonly Span[],
): Span[] {
  const known: Span[] = name ? [name] : [];
  const others: Span[] = [category, entity].filter((one) => one !== null).sort((one, two) => one.start - two.start);
  for (const span of others) {
    const last = before(uncovered(words, pleasantries), span);
    const first = words.find((word) => within(span, word))?.folded ?? '';
    const goesOn = last === null || pronouns.test(last.folded) || known.some((one) => within(one, last));
    if (goesOn || pronouns.test(first) || standsApart(text, words, span)) known.push(span);
  }
  return known;
}
