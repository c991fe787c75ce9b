import { tokens } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import { type Knows, lightStem } from '../language/light-stem.ts';
import type { Article } from './article.ts';
import { type Features, featuresOf } from './features.ts';
import { type Close, createClosestFinder } from './find-closest.ts';
import { createLexicon, type Lexicon, type Row, rowOf, unknown } from './lexicon.ts';
import { plainText } from './markdown.ts';
import { createPhrasingIndex, type Likeness } from './phrasing-index.ts';
import type { Synonyms } from './synonyms.ts';
import { coverageOf, type Term, type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** What speaks for an article as the answer to a question. */
export interface Evidence {
  article: number;
  /** Likeness of its best phrasing and a little of its next ones, 0 to 1. */
  likeness: number;
  /** How far it is ahead of the best other article; negative for those behind. */
  lead: number;
  /** Share of the words that matter, by rarity, that the article knows. */
  coverage: number;
  /** The phrasing that is most like the question. */
  phrasing: number;
}

/** One way to ask for an article; the article by its place in the bank. */
export interface Phrasing {
  article: number;
  text: string;
}

/** A text as the bank reads it, and the phrasings that are like it. */
export interface Question {
  terms: Term[];
  alike: Likeness;
}

/** What is hidden from a question while the bank learns. */
export interface Exclusion {
  phrasing?: number;
  article?: number;
}

/** The published articles of one language, made ready for questions. */
export interface Bank {
  articles: Article[];
  phrasings: Phrasing[];
  ask(text: string): Question;
  /** The best articles for a question, at most `count`, best first. */
  rank(question: Question, count: number, except?: Exclusion): Evidence[];
}

/** How much of the likeness hangs on the article knowing the words that matter. */
const coverageShare = 0.3;

/** An unknown word weighs at most this part of the rarest: people chat around their question. */
const unknownCap = 0.62;

/** The article of a phrasing that does not count. */
const nowhere = { article: -1 };

/** So many of the most alike are looked at closely. */
const closelyJudged = 6;

const textsOf = (article: Article, language: Language): string[] => {
  const title = article.title[language];
  return [...(title ? [title] : []), ...(article.phrasings[language] ?? [])];
};

/** What the phrasings taught, in numbers of the lexicon; phrasings and vocabularies by their places. */
interface Learned {
  lexicon: Lexicon;
  phrasings: Phrasing[];
  rows: Row[];
  vocabularies: Vocabulary[];
}

type Read = (words: readonly string[]) => string[];

/** Learns one article's ways to ask, those that read alike only once, and what it knows beside them. */
const learn = (learned: Learned, article: Article, language: Language, read: Read): void => {
  const { lexicon, phrasings, rows, vocabularies } = learned;
  const own = new Map<string, Row>();
  for (const text of textsOf(article, language)) {
    const stems = read(tokens(text));
    const key = stems.join(' ');
    if (own.has(key)) continue;
    own.set(key, rowOf(featuresOf(stems), lexicon.take));
    phrasings.push({ article: vocabularies.length, text });
  }
  rows.push(...own.values());
  const body = read(tokens(plainText(article.body[language] ?? '')));
  vocabularies.push(
    vocabularyOf(
      [...own.values()],
      body.map((stem) => lexicon.take('words', stem)),
    ),
  );
};

const learnAll = (articles: readonly Article[], language: Language, read: Read): Learned => {
  const learned: Learned = { lexicon: createLexicon(), phrasings: [], rows: [], vocabularies: [] };
  for (const article of articles) learn(learned, article, language, read);
  return learned;
};

const termsOf = ({ terms }: Features, { find }: Lexicon): Term[] =>
  terms.map(({ stem, matters, grams }) => ({
    stem,
    matters,
    word: find('words', stem),
    grams: grams.map((gram) => find('grams', gram)),
  }));

const knownStems = (articles: readonly Article[], language: Language, synonyms: Synonyms): ReadonlySet<string> => {
  const texts = articles.flatMap((article) => textsOf(article, language));
  return new Set([...synonyms.stems, ...texts.flatMap(tokens).map((word) => lightStem(word))]);
};

/** Learns the published articles of a language; what only the learning needs is let go. */
export const createBank = (published: readonly Article[], language: Language, synonyms: Synonyms): Bank => {
  const articles = published.filter((article) => textsOf(article, language).length > 0);
  const stemsKnown = knownStems(articles, language, synonyms);
  const knows: Knows = (stem) => stemsKnown.has(stem);
  const read: Read = (words) => synonyms.unify(words.map((word) => lightStem(word, knows)));
  const { lexicon, phrasings, rows, vocabularies } = learnAll(articles, language, read);
  const index = createPhrasingIndex(rows, lexicon.size());
  const findClosest = createClosestFinder(articles.length);
  const mostRarity = unknownCap * index.rarity(unknown);
  const weightOf = (term: Term): number => Math.min(index.rarity(term.word), mostRarity);

  const articleOf =
    (except: Exclusion) =>
    (phrasing: number): number => {
      const { article } = phrasings[phrasing] ?? nowhere;
      return phrasing === except.phrasing || article === except.article ? nowhere.article : article;
    };

  const judge = (one: Close, terms: readonly Term[]) => {
    const vocabulary = vocabularies[one.article];
    const coverage = vocabulary ? coverageOf(terms, vocabulary, weightOf) : 0;
    return { ...one, coverage, strength: one.likeness * (1 - coverageShare + coverageShare * coverage) };
  };

  return {
    articles,
    phrasings,
    ask(text) {
      const features = featuresOf(read(tokens(text)));
      return { terms: termsOf(features, lexicon), alike: index.compare(rowOf(features, lexicon.find)) };
    },
    rank(question, count, except = {}) {
      const best = findClosest(question.alike, articleOf(except), Math.max(count + 1, closelyJudged))
        .map((one) => judge(one, question.terms))
        .sort((one, other) => other.strength - one.strength || one.article - other.article);
      return best.slice(0, count).map(({ article, likeness, coverage, strength, phrasing }, place) => ({
        article,
        likeness,
        lead: strength - (best[place === 0 ? 1 : 0]?.strength ?? 0),
        coverage,
        phrasing,
      }));
    },
  };
};
