import { isForeign } from '../language/entity-length.ts';
import { fold, tokens, type Word } from '../language/fold.ts';
import { compilePhrases } from '../language/phrases.ts';
import type { Category } from '../organisation/organisation.ts';
import type { UnderstandingFiles } from './files.ts';
import { createSlipMender } from './mend-slips.ts';
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

type People = UnderstandingFiles['people'];

const wordsOfCategory = ({ id, name, words }: Category): string[] => [name.ar, name.en, id, ...words.ar, ...words.en];

/** Every category's phrases with those that mean the same; what a category lists itself no other gains. */
const phrasesOf = (categories: readonly Category[], { alike }: People): Record<string, string[]> => {
  const own = new Map(categories.flatMap((one) => wordsOfCategory(one).map((phrase) => [fold(phrase), one.id])));
  const gained = (id: string): string[] =>
    alike
      .filter((row) => row.some((phrase) => own.get(fold(phrase)) === id))
      .flat()
      .filter((phrase) => (own.get(fold(phrase)) ?? id) === id);
  return Object.fromEntries(categories.map((one) => [one.id, [...wordsOfCategory(one), ...gained(one.id)]]));
};

const longest = <T extends { start: number; end: number }>(matches: readonly T[]): T | undefined =>
  [...matches].sort((one, other) => other.end - other.start - (one.end - one.start))[0];

const bare = (word: string): string => (word.startsWith('ال') && word.length > 5 ? word.slice(2) : word);

const questionWord = /^(?:هل|كيف|متي|وين|اين|ليش|لماذا|وش|ايش|مين|من هو|how|what|when|where|why|who)$/;

/** What may follow the category in an answer: "طالبة في كلية العلوم", "طالب سنة ثالثة", "student of physics". */
const qualifier =
  /^(?:في|من|ب.+|سنه|السنه|مستوي|المستوي|ماجستير|دكتوراه|بكالوريوس|دبلوم|هنا|فقط|at|in|of|from|here|only)$/;
const mostAnswerWords = 7;
const mostMendedWords = 4;
const longestPhrase = 6;

/**
 * Finds the category by which people introduce themselves: after "I am", right after their name, or as the whole of a
 * short answer. A category's word elsewhere ("the employee was rude") says nothing about the writer.
 */
export const createCategoryFinder = (categories: readonly Category[], people: People): CategoryFinder => {
  const byCategory = phrasesOf(categories, people);
  const phrases = compilePhrases(byCategory);
  const selves = compilePhrases({ self: selfWords });
  const before = compilePhrases({ before: people.before });
  const after = compilePhrases({ after: people.after });
  const mend = createSlipMender(Object.values(byCategory).flat().flatMap(tokens));
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

  const endsWell = (rest: readonly string[]): boolean =>
    rest.length === 0 ||
    (qualifier.test(rest[0] ?? '') && !rest.slice(1).some(isForeign)) ||
    after.find(rest).some((one) => one.start === 0 && one.end === rest.length);

  const idOfAnswer = (answer: readonly string[]): string | null => {
    const opened = longest(before.find(answer).filter((one) => one.start === 0))?.end ?? 0;
    for (const at of new Set([0, opened])) {
      const match = findAt(answer, at) ?? findAt(answer.map(bare), at);
      if (match && endsWell(answer.slice(at + match.end))) return match.label;
    }
    return null;
  };

  const findWhole = (words: readonly Word[], folded: readonly string[]): CategoryFound | null => {
    const first = words[0];
    const last = words.at(-1);
    if (!first || !last || folded.length > mostAnswerWords || folded.some((word) => questionWord.test(word)))
      return null;
    const mayBeMended = folded.length <= mostMendedWords;
    const id = idOfAnswer(folded) ?? (mayBeMended ? idOfAnswer(mend(folded)) : null);
    return id === null ? null : { id, start: first.start, end: last.end };
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
