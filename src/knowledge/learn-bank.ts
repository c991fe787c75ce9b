import { hash } from 'node:crypto';
import { tokens } from '../language/fold.ts';
import { inLanguage, type Language } from '../language/language.ts';
import { lightStem } from '../language/light-stem.ts';
import { type Example, type Learned, learn, featuresOf as learnableFeatures, none } from '../learning/learn.ts';
import { createReader, type OwnWords, type Reader } from '../learning/read.ts';
import type { Words } from '../learning/words.ts';
import type { Article } from './article.ts';
import { featuresOf } from './features.ts';
import { createLexicon, type Lexicon, type Numbers, type Row, rowOf } from './lexicon.ts';
import { plainText } from './markdown.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';
import { type WeighedRows, weighAll } from './weighed-rows.ts';

/** One way to ask for an article; the article by its place in the bank. */
export interface Phrasing {
  article: number;
  text: string;
}

/** The published articles of one language as they were learned. Plain data: it may go to another thread. */
export interface LearnedBank {
  language: Language;
  articles: { id: string; title: string }[];
  /** Those of one article stand together, in the order of the articles. */
  phrasings: Phrasing[];
  /** The words of phrasings and titles. */
  words: OwnWords;
  numbers: Numbers;
  rows: WeighedRows;
  vocabularies: Vocabulary[];
  /** What tells the articles apart; null where they are too many for one weight each and feature. */
  learned: Learned | null;
  /** Places of articles that count no more. */
  gone: ReadonlySet<number>;
}

/** What only learning needs: the phrasings as they are learned from. */
export interface Lessons {
  bank: LearnedBank;
  /** In the order of the phrasings. */
  examples: Example[];
  /** What no article answers: questions of nobody's matter. */
  elsewhere: { text: string; example: Example }[];
}

/** More weights than this are not learned: they would take more than a hundred megabytes. */
const mostWeights = 25_000_000;
/** Nor are more articles times phrasings than this, which would take longer than some ten seconds. */
const mostWork = 4_000_000;

const byCode = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Shuffled, the same way for the same texts: in which order somebody wrote or sent them does not matter. */
const shuffled = (texts: readonly string[]): string[] =>
  texts
    .map((text) => ({ text, key: hash('sha1', text) }))
    .sort((one, other) => byCode(one.key, other.key))
    .map(({ text }) => text);

/** The ways to ask for an article: its title, and its phrasings. */
export const textsOf = (article: Article, language: Language): string[] => {
  const title = article.title[language];
  return [...(title ? [title] : []), ...shuffled(article.phrasings[language] ?? [])];
};

const wordsOf = (articles: readonly Article[], language: Language): OwnWords => {
  const written = new Set(articles.flatMap((article) => textsOf(article, language)).flatMap(tokens));
  return { written, stems: new Set([...written].map((word) => lightStem(word))) };
};

const noneGone: ReadonlySet<number> = new Set();

/** What is gathered article by article. */
interface Gathered {
  lexicon: Lexicon;
  phrasings: Phrasing[];
  rows: Row[];
  vocabularies: Vocabulary[];
  examples: Example[];
}

/** Takes one article's ways to ask, those that read alike only once, and what it knows beside them. */
const gather = (gathered: Gathered, article: Article, language: Language, read: Reader): void => {
  const { lexicon, phrasings, rows, vocabularies, examples } = gathered;
  const label = vocabularies.length;
  const own = new Map<string, Row>();
  for (const text of textsOf(article, language)) {
    const reading = read(text);
    const key = reading.written.join(' ');
    if (own.has(key)) continue;
    own.set(key, rowOf(featuresOf(reading.stems), lexicon.take));
    phrasings.push({ article: label, text });
    examples.push({ features: learnableFeatures(reading), label });
  }
  rows.push(...own.values());
  const body = read(plainText(article.body[language] ?? '')).stems;
  vocabularies.push(
    vocabularyOf(
      [...own.values()],
      body.map((stem) => lexicon.take('words', stem)),
    ),
  );
};

/** The articles that have a language, by id. */
export const articlesIn = (published: readonly Article[], language: Language): Article[] =>
  published
    .filter(({ title, phrasings }) => title[language] || (phrasings[language] ?? []).length > 0)
    .sort((one, other) => byCode(one.id, other.id));

/** Takes articles that have the language, numbered from 0 on; `numbers` are gone on with, and changed. */
export const gatherArticles = (own: readonly Article[], language: Language, words: Words, numbers?: Numbers) => {
  const ownWords = wordsOf(own, language);
  const read = createReader(words, language, ownWords);
  const lexicon = createLexicon(numbers);
  const gathered: Gathered = { lexicon, phrasings: [], rows: [], vocabularies: [], examples: [] };
  for (const article of own) gather(gathered, article, language, read);
  const articles = own.map(({ id, title }) => ({ id, title: inLanguage(title, language) }));
  return { ...gathered, articles, ownWords, read, numbers: lexicon.numbers, size: lexicon.size() };
};

/** Learns what tells labels apart, unless that would take too many weights. */
export const learnWithin = (examples: readonly Example[], labels: number): Learned | null => {
  const pieces = new Set(examples.flatMap(({ features }) => [...features.pieces.keys(), ...features.meanings.keys()]));
  const isTooMuch = pieces.size * labels > mostWeights || examples.length * labels > mostWork;
  return labels < 2 || isTooMuch ? null : learn(examples, labels);
};

/** Learns the published articles of a language; of those that do not have it nothing. */
export const learnBank = (published: readonly Article[], language: Language, words: Words): Lessons => {
  const own = articlesIn(published, language);
  const { articles, phrasings, ownWords, numbers, rows, size, vocabularies, examples, read } = gatherArticles(
    own,
    language,
    words,
  );
  const elsewhere = words.elsewhere[language].map((text) => ({
    text,
    example: { features: learnableFeatures(read(text)), label: none },
  }));
  const learned = learnWithin([...examples, ...elsewhere.map(({ example }) => example)], own.length);
  const weighed = weighAll(rows, size);
  const bank = {
    language,
    articles,
    phrasings,
    words: ownWords,
    numbers,
    rows: weighed,
    vocabularies,
    learned,
    gone: noneGone,
  };
  return { bank, examples, elsewhere };
};
