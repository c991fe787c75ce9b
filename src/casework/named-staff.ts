import { tokens } from '../language/fold.ts';
import { isTitle } from '../language/name-run.ts';
import type { Staff } from './staff.ts';

/** "الغامدي" and "غامدي" are one name. */
const bare = (word: string): string => (word.length > 4 ? word.replace(/^ال/, '') : word);

const wordsOf = (text: string): string[] => tokens(text).map(bare);

/** "بخالد", "وخالد": what is written together with a name. */
const isWord = (said: string | undefined, name: string): boolean =>
  said === name || (said !== undefined && /^[وبلفك]/.test(said) && bare(said.slice(1)) === name);

const standsIn = (said: readonly string[], name: readonly string[]): boolean =>
  said.some((_, at) => name.every((word, place) => (place === 0 ? isWord(said[at], word) : said[at + place] === word)));

/** A name in full, and without those between the first and the last. */
function formsOf(name: string): string[][] {
  const all = tokens(name);
  const words = all.filter((word, at) => at > 0 || !isTitle(word)).map(bare);
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined || words.length < 2) return [];
  return words.length > 2 ? [words, [first, last]] : [words];
}

/** The agents whom a text names by two words of their name or more; by id. Pure. */
export function namedStaff({ members }: Pick<Staff, 'members'>, text: string): string[] {
  const said = wordsOf(text);
  return members.filter(({ name }) => formsOf(name).some((form) => standsIn(said, form))).map(({ id }) => id);
}

const employee =
  /(?:^| )(?:[وبلفك]|لل)?(?:ال)?(?:موظف|موظفه|موظفين|مسؤول|مسؤوله|مسوول|مسووله|مشرف|مشرفه|مدير|مديره|رييس|رييسه|رءيس|سكرتير|سكرتيره|فني|employee|clerk|supervisor|manager|staff member|officer)(?: |$)/;

/** Whether a text speaks of somebody who works here, by what they are. */
export const speaksOfStaff = (text: string): boolean => employee.test(` ${tokens(text).join(' ')} `);
