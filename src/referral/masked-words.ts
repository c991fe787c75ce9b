import { withoutPersonal } from '../question/masked.ts';

/** Parts of names that are words by themselves too. */
const shortest = 3;
const mostRead = 10_000;

/** A name by which somebody makes themselves known in the words: "اسمي سارة بنت أحمد الغامدي". */
const introduced =
  /(?<=(?<!\p{L})(?:[وف]?اسمي|[Mm]y name is)\s+)(?!(?:في|من|على|عن|إلى|لم|لا|غير|مع|ضمن|not)(?!\p{L}))[\p{L}\p{M}]+(?:\s+(?:(?:بن|بنت|ابن|آل|عبد)\s+[\p{L}\p{M}]+|ال[\p{L}\p{M}]+|\p{Lu}\p{L}+))*/gu;

/** Letters that are written for each other. */
const alike = ['اأإآٱ', 'هة', 'يىئ', 'وؤ'];
/** Marks of vowels, and the stroke that draws a word out. */
const marks = '[\\u064b-\\u0652\\u0640]*';

const letterPattern = (letter: string): string => {
  const group = alike.find((one) => one.includes(letter));
  return group ? `[${group}]` : letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
};

const wordPattern = (word: string): string => [...word].map((letter) => letterPattern(letter) + marks).join('');

/** The parts of names where they stand as words of their own, also behind و, ل, ب, ك and ف. */
function namePattern(names: readonly string[]): RegExp | null {
  const parts = names
    .join(' ')
    .split(/[\s\-‐]+/u)
    .filter((part) => [...part].length >= shortest);
  if (parts.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])[ولبكف]?(?:${parts.map(wordPattern).join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/**
 * A person's words as a body outside may read them: without phones, numbers of papers, addresses, links, accounts, and
 * without the names of whom they are about. Pure.
 */
export function maskedWords(text: string, names: readonly string[]): string {
  const masked = withoutPersonal(text.slice(0, mostRead)).replace(introduced, '…').trim();
  const pattern = namePattern(names);
  return pattern ? masked.replace(pattern, '…') : masked;
}
