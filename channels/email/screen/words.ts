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

let lately = { text: '', words: '  ' };

/**
 * Only the words of a text, folded, one space apart and one at each end, so that ` word ` can be looked for. The last
 * result is remembered, since many rules ask for the words of the same mail.
 */
export function wordsOf(text: string): string {
  if (lately.text !== text) {
    const words = fold(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
    lately = { text, words: ` ${words.trim()} ` };
  }
  return lately.words;
}

/** Chinese, Japanese, Korean and Thai put no space between words. */
const unspaced = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** Phrases in folded form, ready to be looked for: by their first word, and those of scripts without spaces. */
export interface PhraseList {
  byWord: ReadonlyMap<string, readonly string[]>;
  unspaced: readonly string[];
}

/** Reads a list of phrases from text with one to each line or between bars. */
export function phraseList(written: string): PhraseList {
  const phrases = written
    .split(/[|\n]/)
    .map(wordsOf)
    .filter((words) => words.trim() !== '');
  const byWord = new Map<string, string[]>();
  for (const words of new Set(phrases)) {
    const word = words.trim().split(' ')[0] ?? '';
    if (!unspaced.test(words)) byWord.set(word, [...(byWord.get(word) ?? []), words.slice(1)]);
  }
  return { byWord, unspaced: phrases.filter((words) => unspaced.test(words)).map((words) => words.trim()) };
}

/** Arabic writes "and", "so", "for" and "by" as one letter at the beginning of the word that follows. */
const particle = /^[وفلب]..../u;

const beginsAt = (words: string, at: number, word: string, list: PhraseList): string[] =>
  (list.byWord.get(word) ?? []).filter((phrase) => words.startsWith(phrase, at));

interface Found {
  at: number;
  phrase: string;
}

/** The words of one text by where they begin, made once for all the lists that are held against it. */
interface Index {
  words: string;
  places: ReadonlyMap<string, readonly number[]>;
  hasUnspaced: boolean;
}

function indexOf(words: string): Index {
  const places = new Map<string, number[]>();
  const note = (word: string, at: number): void => {
    const known = places.get(word);
    if (known) known.push(at);
    else places.set(word, [at]);
  };
  for (let at = 1; at < words.length; ) {
    const space = words.indexOf(' ', at);
    const end = space < 0 ? words.length : space;
    const word = words.slice(at, end);
    note(word, at);
    if (particle.test(word)) note(word.slice(1), at + 1);
    at = end + 1;
  }
  return { words, places, hasUnspaced: unspaced.test(words) };
}

let latest: Index = indexOf('');

/** Finds phrases in the words, at most so many, in order; the text is taken apart once, whatever the number of lists. */
function find(words: string, list: PhraseList, most: number): Found[] {
  if (latest.words !== words) latest = indexOf(words);
  const found: Found[] = [];
  for (const [word, phrases] of list.byWord)
    for (const at of latest.places.get(word) ?? [])
      for (const phrase of phrases) if (words.startsWith(phrase, at)) found.push({ at, phrase });
  const first = found.toSorted((one, other) => one.at - other.at).slice(0, most);
  if (!latest.hasUnspaced) return first;
  const others = list.unspaced.map((phrase) => ({ at: words.indexOf(phrase), phrase })).filter(({ at }) => at >= 0);
  return [...first, ...others];
}

/** Whether one of the phrases stands anywhere in the words. */
export const holds = (words: string, list: PhraseList): boolean => find(words, list, 1).length > 0;

/** How many different phrases stand in the words. */
export const countOf = (words: string, list: PhraseList): number =>
  new Set(find(words, list, 50).map(({ phrase }) => phrase)).size;

/** Where the first of the phrases begins in the words, -1 where none is found. */
export const firstOf = (words: string, list: PhraseList): number =>
  find(words, list, 1).reduce((least, { at }) => (least < 0 ? at : Math.min(least, at)), -1);

/** The longest phrase that the words begin with, null where it is none. */
export function openerOf(words: string, list: PhraseList): string | null {
  const begun = [
    ...beginsAt(words, 1, words.slice(1).split(' ', 1)[0] ?? '', list),
    ...list.unspaced.filter((phrase) => words.startsWith(phrase, 1)),
  ];
  return begun.map((phrase) => phrase.trim()).toSorted((one, other) => other.length - one.length)[0] ?? null;
}

/** Whether the words are one of the phrases and nothing else. */
export const isOneOf = (words: string, list: PhraseList): boolean => openerOf(words, list) === words.trim();

/** One line of at most so many characters, without control characters. */
export const oneLine = (text: string, most: number): string =>
  text
    .slice(0, most * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim();
