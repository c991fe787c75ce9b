import { asciiDigits } from './digits.ts';

/** Tashkeel and Latin accents, tatweel, zero-width and bidi controls: present or absent, the word is the same. */
const unwritten =
  /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\p{Cf}]/gu;

/** Letters that people exchange freely; hamza carriers fall apart in NFKD before this. */
const sameLetter: Record<string, string> = {
  ٱ: 'ا',
  ء: '',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  گ: 'ك',
  پ: 'ب',
  ڤ: 'ف',
  ژ: 'ز',
  چ: 'ج',
  ھ: 'ه',
  ہ: 'ه',
  ۃ: 'ه',
};
const exchangeable = new RegExp(`[${Object.keys(sameLetter).join('')}]`, 'g');

const squeeze = (word: string): string => (/^ه{2,}$/.test(word) ? 'هه' : word.replace(/(\p{L})\1{2,}/gu, '$1'));

/**
 * The one form in which spellings of a text are compared; for matching only, people are always shown what was written.
 * Arabic letters are unified (hamza, alef, ta marbuta, ya), marks and invisible characters dropped, digits made ASCII,
 * case and accents removed, long-drawn letters squeezed, everything that is no letter or digit made one space. Idempotent.
 */
export const fold = (text: string): string =>
  asciiDigits(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(unwritten, '')
    .replace(exchangeable, (letter) => sameLetter[letter] ?? letter)
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map(squeeze)
    .join(' ');

/** The folded words of a text. */
export const tokens = (text: string): string[] => {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
};

/** A word as it stands in a text: `start` and `end` (exclusive) are positions in the original. */
export interface Word {
  folded: string;
  start: number;
  end: number;
}

/** Words that folding leaves as they are: most. */
const foldedAlready = /^(?!.*(.)\1\1)(?:[\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]+|[a-z0-9]+)$/;

const foldWord = (word: string): string => (foldedAlready.test(word) ? word : fold(word));

const writtenWord = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}\u0640]*/gu;

/** The words of a text with their places, so that what is recognised can be taken out of the original. */
export const wordsOf = (text: string): Word[] => {
  const found: Word[] = [];
  for (const match of text.matchAll(writtenWord)) {
    const folded = foldWord(match[0]);
    if (folded !== '') found.push({ folded, start: match.index, end: match.index + match[0].length });
  }
  return found;
};
