import { fold, tokens } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import { bareWord, type Knows, lightStem } from '../language/light-stem.ts';
import type { WordRow } from './word-rows.ts';

/** Rows of words and phrases that mean the same; the first of a row is the one that the others are read as. */
export type SynonymRows = readonly (readonly string[])[];

/** What is known of words in general, as it stands in `knowledge-base/understanding/`. */
export interface WordLists {
  /** Words of the dialects, behind the standard word that they are read as. */
  dialects: readonly WordRow[];
  /** Broken plurals, behind their singular. */
  plurals: readonly WordRow[];
  /** Words that say nearly the same, over both languages, behind the name of what they say. */
  ideas: readonly WordRow[];
  /** What people ask that is nobody's matter here, by language. */
  elsewhere: Readonly<Record<Language, readonly string[]>>;
}

/** What a word or phrase stands for, and how closely its form had to be looked at: 0 as written, 1 bare, 2 its stem. */
interface Entry<T> {
  value: T;
  closeness: number;
}

/** Words and phrases by the forms under which they are looked up. */
export interface Index<T> {
  /** Of a single word, by its forms, the closest first. */
  word(forms: readonly string[]): T | undefined;
  /** At which of its forms a word is found; beyond the last where it is not. */
  foundAt(forms: readonly string[]): number;
  /** The longest phrase of at least two words that begins at a place of a row of stems. */
  phrase(stems: readonly string[], at: number): { value: T; end: number } | undefined;
  has(form: string): boolean;
}

const longestPhrase = 5;

const shortStem = 3;

const isShort = (stem: string): boolean => stem.length <= shortStem && /[\u0621-\u064a]/.test(stem);

/**
 * The forms of a folded word under which it may be listed: as written, without what is attached, its stem. A stem of three
 * letters throws different words together (عملة, عمل), so it counts only where the word itself is that short.
 */
export const formsOf = (word: string, knows?: Knows): string[] => {
  const bare = bareWord(word, knows);
  const stem = lightStem(word, knows);
  return [...new Set([word, bare, isShort(stem) && bare.length > shortStem + 1 ? bare : stem])];
};

/** Two Arabic letters are a particle, or fold together with one (ماء, ما). */
const isParticle = (word: string): boolean => /^[\u0621-\u064a]{1,2}$/.test(word);

class WordIndex<T> implements Index<T> {
  readonly #words = new Map<string, Entry<T>>();
  readonly #phrases = new Map<string, T>();
  readonly #firsts = new Set<string>();
  readonly #join: (one: T, other: T) => T;

  readonly #asWritten: boolean;

  /** `asWritten`: words count only as they are written, those of two letters too. */
  constructor(join: (one: T, other: T) => T, asWritten = false) {
    this.#join = join;
    this.#asWritten = asWritten;
  }

  add(written: string, value: T): void {
    const words = tokens(written);
    const [only] = words;
    if (only === undefined) return;
    if (words.length === 1) {
      if (!this.#asWritten && isParticle(only)) return;
      const forms = this.#asWritten ? [only] : formsOf(only);
      for (const [closeness, form] of forms.entries()) this.#put(form, value, closeness);
      return;
    }
    const stems = words.map((word) => lightStem(word));
    const key = stems.join(' ');
    const known = this.#phrases.get(key);
    this.#phrases.set(key, known === undefined ? value : this.#join(known, value));
    this.#firsts.add(stems[0] ?? '');
  }

  #put(form: string, value: T, closeness: number): void {
    const known = this.#words.get(form);
    if (known !== undefined && known.closeness < closeness) return;
    const joined = known?.closeness === closeness ? this.#join(known.value, value) : value;
    this.#words.set(form, { value: joined, closeness });
  }

  word(forms: readonly string[]): T | undefined {
    for (const form of forms) {
      const found = this.#words.get(form);
      if (found !== undefined) return found.value;
    }
    return undefined;
  }

  foundAt(forms: readonly string[]): number {
    const at = forms.findIndex((form) => this.#words.has(form));
    return at < 0 ? forms.length : at;
  }

  phrase(stems: readonly string[], at: number): { value: T; end: number } | undefined {
    if (!this.#firsts.has(stems[at] ?? '')) return undefined;
    for (let end = Math.min(stems.length, at + longestPhrase); end > at + 1; end -= 1) {
      const value = this.#phrases.get(stems.slice(at, end).join(' '));
      if (value !== undefined) return { value, end };
    }
    return undefined;
  }

  has(form: string): boolean {
    return this.#words.has(form);
  }
}

/** At most so many ideas are taken from one form: a word that says everything says nothing. */
const mostIdeas = 2;

const both = (one: readonly string[], other: readonly string[]): string[] =>
  [...new Set([...one, ...other])].slice(0, mostIdeas);

const firstOf = <T>(one: T): T => one;

/** The word lists made ready for looking up. */
export interface Words {
  /** The standard words that a spoken word or phrase is read as, folded. */
  standard: Index<readonly string[]>;
  /** The singular of a broken plural, folded. */
  singular: Index<string>;
  /** The names of what a word or phrase says. */
  ideas: Index<readonly string[]>;
  /** What the organisation calls it first; the name stands for all of its row. */
  synonym: Index<string>;
  /** Whether any list knows a form. */
  knows(form: string): boolean;
  elsewhere: WordLists['elsewhere'];
}

/** What is a standard word itself is not read as another: many words of a dialect are standard ones of another meaning. */
const standardOf = (rows: readonly WordRow[]): WordIndex<readonly string[]> => {
  const heads = new Set(rows.map(({ head }) => fold(head)));
  const index = new WordIndex<readonly string[]>(firstOf, true);
  for (const { head, forms } of rows)
    for (const form of forms) if (!heads.has(fold(form))) index.add(form, tokens(head));
  return index;
};

const singularOf = (rows: readonly WordRow[]): WordIndex<string> => {
  const index = new WordIndex<string>(firstOf);
  for (const { head, forms } of rows) for (const form of forms) index.add(form, tokens(head)[0] ?? form);
  return index;
};

const ideasOf = (rows: readonly WordRow[]): WordIndex<readonly string[]> => {
  const index = new WordIndex<readonly string[]>(both);
  for (const { head, forms } of rows) for (const form of forms) index.add(form, [head]);
  return index;
};

/** The words of a phrase in standard ones, singular, where the lists have them as they are written. */
const standardWords = (written: string, { standard, singular }: Pick<Words, 'standard' | 'singular'>): string =>
  tokens(written)
    .flatMap((word) => standard.word([word]) ?? [singular.word([word]) ?? word])
    .join(' ');

const synonymOf = (rows: SynonymRows, words: Pick<Words, 'standard' | 'singular'>): WordIndex<string> => {
  const index = new WordIndex<string>(firstOf);
  for (const row of rows) {
    const name = tokens(row[0] ?? '').join('-');
    for (const form of row) index.add(form, name);
    // phrases are looked for in standard words too; a single word is looked up as it stands before it is read in others
    for (const form of row) if (tokens(form).length > 1) index.add(standardWords(form, words), name);
  }
  return index;
};

const knowsBy =
  (all: readonly { has(form: string): boolean }[]) =>
  (form: string): boolean =>
    all.some((index) => index.has(form));

const compile = ({ dialects, plurals, ideas, elsewhere }: WordLists): Words => {
  const made = { standard: standardOf(dialects), singular: singularOf(plurals), ideas: ideasOf(ideas) };
  return { ...made, synonym: synonymOf([], made), knows: knowsBy(Object.values(made)), elsewhere };
};

const compiled = new WeakMap<WordLists, Words>();

/** Makes word lists ready, each only once, without names of the organisation; some 30,000 forms take about a fifth of a second. */
export const compileWords = (lists: WordLists): Words => {
  const known = compiled.get(lists);
  if (known !== undefined) return known;
  const words = compile(lists);
  compiled.set(lists, words);
  return words;
};

/** The same lists with what an organisation calls by several names. */
export const withSynonyms = (words: Words, rows: SynonymRows): Words => {
  const synonym = synonymOf(rows, words);
  return { ...words, synonym, knows: knowsBy([{ has: words.knows }, synonym]) };
};

/** No lists at all: words are compared as they stand. */
export const noLists: WordLists = { dialects: [], plurals: [], ideas: [], elsewhere: { ar: [], en: [] } };
