import { fromArabizi } from '../language/arabizi.ts';
import { tokens } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import { type Knows, lightStem } from '../language/light-stem.ts';
import { createSpelling, type Spelling } from '../language/spelling.ts';
import { stopWords } from '../language/stop-words.ts';
import { verbStems } from '../language/verb-stem.ts';
import { deepStem } from './deep-stem.ts';
import { formsOf, type Words } from './words.ts';

/** A text as the engine reads it. */
export interface Reading {
  /** Its folded words as they were written; Arabic in Latin letters stands in Arabic ones where a word was recognised. */
  written: string[];
  /** The same in standard words, singular, by their stems; what the organisation has several names for by the first one. */
  stems: string[];
  /** What its words and phrases say, by the names of the ideas. */
  ideas: string[];
  /** Stems of the words that say none of the ideas. */
  others: string[];
}

/** Whether a form stands in the bank that is read for, besides the word lists. */
export type Reader = (text: string) => Reading;

/** A word as it is read, by its stem, with what the organisation calls it first, if it has several names for it. */
interface Said {
  stem: string;
  name?: string | undefined;
}

/** A word with all that is looked up of it. */
interface Looked {
  written: string;
  stem: string;
  standard: readonly Said[];
  /** Its standard words cut further, for where nothing is known of them. */
  deep: readonly string[];
  ideas: readonly string[];
}

const isArabic = (word: string): boolean => /[\u0621-\u064a]/.test(word);
const isLatin = (word: string): boolean => /[a-z]/.test(word);

/** The words of the bank that is read for: its own are recognised behind particles, and where they are misspelt. */
export interface OwnWords {
  stems: ReadonlySet<string>;
  /** As they are written, folded. */
  written: ReadonlySet<string>;
}

/** What is known where a text is read. */
interface Bearings {
  knows: Knows;
  spelling: Spelling | null;
}

/** Looked-up words are kept so long as they are not more than this. */
const mostKept = 20_000;

/** Whether a word is known in any of its forms. */
const isKnown = (word: string, knows: Knows): boolean => formsOf(word, knows).some(knows);

/** The first reading of an Arabic word in Latin letters that is known, to the bank best of all; what is known, or English, stays. */
const arabicOf = (word: string, knows: Knows, own: OwnWords | undefined): string => {
  if (!isLatin(word) || stopWords.has(word) || isKnown(word, knows)) return word;
  const readings = fromArabizi(word);
  const isOwn = (one: string): boolean => own !== undefined && isKnown(one, (form) => own.stems.has(form));
  return readings.find(isOwn) ?? readings.find(knows) ?? readings.find((one) => isKnown(one, knows)) ?? word;
};

const ideasOf = (words: Words, word: string, forms: readonly string[]): readonly string[] => {
  const direct = words.ideas.word(forms);
  if (direct !== undefined) return direct;
  const singular = words.singular.word(forms);
  const bySingular = singular === undefined ? undefined : words.ideas.word([singular, lightStem(singular)]);
  return bySingular ?? (isArabic(word) ? (words.ideas.word(verbStems(word)) ?? []) : []);
};

const saidBy = (word: string, words: Words, knows: Knows): Said => ({
  stem: lightStem(word, knows),
  name: words.synonym.word(formsOf(word, knows)),
});

/** The standard words of a word, unless another list knows it more closely than the dialects do (قاعة, قاع). */
const standardOf = ({ standard, singular, ideas }: Words, word: string, forms: readonly string[]) => {
  const closest = Math.min(singular.foundAt(forms), ideas.foundAt(forms));
  const spoken = standard.foundAt(forms) <= closest ? standard.word(forms) : undefined;
  return spoken ?? [singular.word(forms) ?? word];
};

const lookUp = (written: string, words: Words, { knows, spelling }: Bearings): Looked => {
  const word = isKnown(written, knows) ? written : (spelling?.nearest(written) ?? written);
  const forms = formsOf(word, knows);
  const standard = standardOf(words, word, forms);
  const meant = words.standard.word(forms) ?? standard;
  const said = meant.flatMap((one) => ideasOf(words, one, formsOf(one, knows)));
  const own = saidBy(word, words, knows);
  return {
    written,
    stem: own.stem,
    // what the organisation says of a word goes before what is said of it in general
    standard: own.name === undefined ? standard.map((one) => saidBy(one, words, knows)) : [own],
    deep: standard.map((one) => deepStem(lightStem(one, knows))),
    ideas: [...new Set([...ideasOf(words, word, forms), ...said])],
  };
};

/** A row of words in standard ones: phrases before single words, the longest first, the organisation's before general ones. */
const standardise = (looked: readonly Looked[], words: Words, knows: Knows): Said[] => {
  const stems = looked.map(({ stem }) => stem);
  const read: Said[] = [];
  for (let at = 0; at < looked.length; ) {
    const named = words.synonym.phrase(stems, at);
    const phrase = words.standard.phrase(stems, at);
    const isNamed = named !== undefined && named.end >= (phrase?.end ?? 0);
    if (isNamed) read.push({ stem: named.value, name: named.value });
    else read.push(...(phrase?.value.map((word) => saidBy(word, words, knows)) ?? looked[at]?.standard ?? []));
    at = (isNamed ? named : phrase)?.end ?? at + 1;
  }
  return read;
};

/** What the organisation has several names for stands by the first of them. */
const unify = (said: readonly Said[], words: Words): { stems: string[]; named: string[] } => {
  const stems = said.map(({ stem }) => stem);
  const read: string[] = [];
  const named: string[] = [];
  for (let at = 0; at < said.length; ) {
    const phrase = words.synonym.phrase(stems, at);
    const name = phrase?.value ?? said[at]?.name;
    if (name !== undefined) named.push(`~${name}`);
    read.push(name ?? stems[at] ?? '');
    at = phrase?.end ?? at + 1;
  }
  return { stems: read, named };
};

const phraseIdeas = (stems: readonly string[], words: Words) => {
  const ideas: string[] = [];
  const covered = new Set<number>();
  for (let at = 0; at < stems.length; at += 1) {
    const found = words.ideas.phrase(stems, at);
    if (found === undefined) continue;
    ideas.push(...found.value);
    for (let place = at; place < found.end; place += 1) covered.add(place);
  }
  return { ideas, covered };
};

const readWords = (looked: readonly Looked[], words: Words, knows: Knows): Reading => {
  const plain = looked.map(({ stem }) => stem);
  const standard = standardise(looked, words, knows);
  const { stems, named } = unify(standard, words);
  const phrases = phraseIdeas(plain, words);
  const others = looked.filter(({ ideas }, at) => ideas.length === 0 && !phrases.covered.has(at));
  return {
    written: looked.map(({ written }) => written),
    stems,
    ideas: [...looked.flatMap(({ ideas }) => ideas), ...phrases.ideas, ...named],
    others: others.flatMap(({ deep }) => deep),
  };
};

/** Gives what reads texts for a bank of a language, by word lists and its own words. Pure: the same reading for the same text. */
export const createReader = (words: Words, language: Language, own?: OwnWords): Reader => {
  const knows: Knows = (form) => words.knows(form) || (own?.stems.has(form) ?? false);
  const bearings = { knows, spelling: own ? createSpelling(own.written) : null };
  const kept = new Map<string, Looked>();
  const look = (word: string): Looked => {
    const known = kept.get(word);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const looked = lookUp(language === 'ar' ? arabicOf(word, knows, own) : word, words, bearings);
    kept.set(word, looked);
    return looked;
  };
  return (text) => readWords(tokens(text).map(look), words, knows);
};
