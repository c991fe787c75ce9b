import type { Word } from '../language/fold.ts';
import { compilePhrases, type Phrases } from '../language/phrases.ts';
import type { Category } from '../organisation/organisation.ts';
import type { Span } from './text-parts.ts';

/** What a person says before their category. */
const selfWords = [
  'انا',
  'اني',
  'نحن',
  'احنا',
  'بصفتي',
  'معك',
  'معاك',
  'معكم',
  'معاكم',
  'معك احد',
  'الفئه',
  'فئتي',
  'صفتي',
  'i am',
  'i m',
  'im',
  'i am a',
  'i am an',
  'i m a',
  'i m an',
  'im a',
  'we are',
  'as a',
  'as an',
  'ana',
  'category',
];

export interface CategoryFound extends Span {
  id: string;
}

export interface CategoryFinder {
  /** The category that a whole text or an introduction in it tells; `name` is where the person's name stands. */
  find(words: readonly Word[], name: Span | null): CategoryFound | null;
  /** The category whose words stand at a place, and the place after them. */
  at(words: readonly Word[], at: number): { category: CategoryFound; end: number } | null;
}

const compile = (categories: readonly Category[]): Phrases =>
  compilePhrases(
    Object.fromEntries(categories.map(({ id, name, words }) => [id, [name.ar, name.en, id, ...words.ar, ...words.en]])),
  );

const longest = <T extends { start: number; end: number }>(matches: readonly T[]): T | undefined =>
  [...matches].sort((one, other) => other.end - other.start - (one.end - one.start))[0];

const bare = (word: string): string => (word.startsWith('ال') && word.length > 5 ? word.slice(2) : word);

const questionWord = /^(?:هل|كيف|متي|وين|اين|ليش|لماذا|وش|ايش|مين|من هو|how|what|when|where|why|who)$/;

/** What may follow the category in an answer: "طالبة في كلية العلوم", "طالب سنة ثالثة", "student of physics". */
const qualifier =
  /^(?:في|من|ب.+|سنه|السنه|مستوي|المستوي|ماجستير|دكتوراه|بكالوريوس|دبلوم|هنا|فقط|at|in|of|from|here|only)$/;
const mostAnswerWords = 7;
const longestPhrase = 6;

/**
 * Finds the category by which people introduce themselves: after "I am", right after their name, or as the whole of a
 * short answer. A category's word elsewhere ("the employee was rude") says nothing about the writer.
 */
export const createCategoryFinder = (categories: readonly Category[]): CategoryFinder => {
  const phrases = compile(categories);
  const selves = compilePhrases({ self: selfWords });
  const findAt = (folded: readonly string[], at: number) =>
    longest(phrases.find(folded.slice(at)).filter((match) => match.start === 0));

  const findIntroduced = (
    words: readonly Word[],
    folded: readonly string[],
    name: Span | null,
  ): CategoryFound | null => {
    const starts = selves.find(folded).map(({ start, end }) => ({ start, at: end }));
    const afterName = name ? words.findIndex((word) => word.start >= name.end) : -1;
    if (afterName >= 0) starts.push({ start: afterName, at: afterName });
    for (const { start, at } of starts) {
      const match = findAt(folded, at);
      const first = words[start];
      const last = match && words[at + match.end - 1];
      if (match && first && last) return { id: match.label, start: first.start, end: last.end };
    }
    return null;
  };

  const findWhole = (words: readonly Word[], folded: readonly string[]): CategoryFound | null => {
    const first = words[0];
    const last = words.at(-1);
    if (!first || !last || folded.length > mostAnswerWords || folded.some((word) => questionWord.test(word)))
      return null;
    const match = findAt(folded, 0) ?? findAt(folded.map(bare), 0);
    const follows = match && folded[match.end];
    const fits = match && (follows === undefined || qualifier.test(follows));
    return fits ? { id: match.label, start: first.start, end: last.end } : null;
  };

  return {
    find(words, name) {
      const folded = words.map((word) => word.folded);
      return findIntroduced(words, folded, name) ?? findWhole(words, folded);
    },
    at(words, at) {
      const match = findAt(
        words.slice(at, at + longestPhrase).map((word) => word.folded),
        0,
      );
      const first = words[at];
      const last = match && words[at + match.end - 1];
      if (!match || !first || !last) return null;
      return { category: { id: match.label, start: first.start, end: last.end }, end: at + match.end };
    },
  };
};
