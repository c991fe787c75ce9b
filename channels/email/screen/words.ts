/** Marks that carry no meaning for comparing: Arabic vowel signs, tatweel, direction marks, joiners. */
const silent = /[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

const alike: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱ]/g, 'ا'],
  [/[ىی]/g, 'ي'],
  [/ک/g, 'ك'],
  [/ة/g, 'ه'],
  [/[’‘`´]/g, "'"],
];

/** Lower case, without accents and vowel signs, Arabic letters that are often confused made one. Linear in length. */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(silent, '')
    .toLowerCase();
  return alike.reduce((folded, [from, to]) => folded.replace(from, to), plain);
}

/** Only the words of a text, folded, one space apart and one at each end, so that ` word ` can be looked for. */
export const wordsOf = (text: string): string =>
  ` ${fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;

/** Chinese, Japanese, Korean and Thai put no space between words. */
const unspaced = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** A phrase made ready to be looked for in what `wordsOf` gives. */
const prepared = (phrase: string): string => (unspaced.test(phrase) ? wordsOf(phrase).trim() : wordsOf(phrase));

/** Arabic writes "and", "so", "for" and "by" as one letter at the beginning of the word that follows. */
const withParticles = (phrase: string): string[] =>
  /^ \p{Script=Arabic}/u.test(phrase)
    ? ['', 'و', 'ف', 'ل', 'ب'].map((letter) => ` ${letter}${phrase.slice(1)}`)
    : [phrase];

/** A list of phrases as `holds`, `firstOf` and `openerOf` take it, from text with one to each line or between bars. */
export const phraseList = (written: string): readonly string[] => [
  ...new Set(
    written
      .split(/[|\n]/)
      .filter((phrase) => phrase.trim() !== '')
      .map(prepared)
      .flatMap(withParticles),
  ),
];

/** Whether one of the phrases stands anywhere in the words. */
export const holds = (words: string, phrases: readonly string[]): boolean =>
  phrases.some((phrase) => words.includes(phrase));

/** How many of the phrases stand in the words. */
export const countOf = (words: string, phrases: readonly string[]): number =>
  phrases.filter((phrase) => words.includes(phrase)).length;

/** Where the first of the phrases begins in the words, -1 where none is found. */
export const firstOf = (words: string, phrases: readonly string[]): number => {
  const found = phrases.map((phrase) => words.indexOf(phrase)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
};

/** The phrase that the words begin with, null where it is none. */
export const openerOf = (words: string, phrases: readonly string[]): string | null =>
  phrases.find((phrase) => words.trimStart().startsWith(phrase.trimStart())) ?? null;

/** One line of at most so many characters, without control characters. */
export const oneLine = (text: string, most: number): string =>
  text
    .slice(0, most * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim();
