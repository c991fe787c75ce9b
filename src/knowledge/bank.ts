import { tokens } from '../language/fold.ts';
import type { Language } from '../language/language.ts';
import { type Knows, lightStem } from '../language/light-stem.ts';
import type { Article } from './article.ts';
import { type Features, featuresOf, type Term } from './features.ts';
import { plainText } from './markdown.ts';
import { createPhrasingIndex, type Exclusion, type Phrasing } from './phrasing-index.ts';
import type { Synonyms } from './synonyms.ts';

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

/** The published articles of one language, made ready for questions. */
export interface Bank {
  articles: Article[];
  phrasings: Phrasing[];
  texts: string[];
  read(text: string): Features;
  /** The best articles for a question, at most `count`, best first. */
  rank(features: Features, count: number, except?: Exclusion): Evidence[];
}

/** How much the next two phrasings count beside the best one. */
const restShare = 0.45;

/** How much of the likeness hangs on the article knowing the words that matter. */
const coverageShare = 0.3;

/** An unknown word weighs at most this part of the rarest: people chat around their question. */
const unknownCap = 0.62;

/** So many of the most alike are looked at closely. */
const closelyJudged = 6;

interface Tally {
  best: number;
  second: number;
  third: number;
  phrasing: number;
}

const noteScore = (tally: Tally, score: number, phrasing: number): void => {
  if (score > tally.best) {
    tally.third = tally.second;
    tally.second = tally.best;
    tally.best = score;
    tally.phrasing = phrasing;
  } else if (score > tally.second) {
    tally.third = tally.second;
    tally.second = score;
  } else if (score > tally.third) tally.third = score;
};

const likenessOf = ({ best, second, third }: Tally): number =>
  best * (1 - restShare) + (restShare * (second + third)) / 2;

/** What an article knows: the stems and grams of its phrasings, title and answer. */
interface Vocabulary {
  stems: Set<string>;
  grams: Set<string>;
}

const phrasingsOf = (article: Article, language: Language): string[] => {
  const title = article.title[language];
  return [...(title ? [title] : []), ...(article.phrasings[language] ?? [])];
};

/** A word that is not known as it stands may be a known one misspelt: the share of its grams decides, from half upward. */
const knownShare = (term: Term, vocabulary: Vocabulary): number => {
  if (vocabulary.stems.has(term.stem)) return 1;
  const shared = term.grams.filter((gram) => vocabulary.grams.has(gram)).length / term.grams.length;
  return Math.max(0, (shared - 0.5) * 1.6);
};

const vocabularyOf = (texts: readonly Features[], body: Features): Vocabulary => ({
  stems: new Set([...texts, body].flatMap((features) => [...features.kinds.words.keys()])),
  grams: new Set(texts.flatMap((features) => [...features.kinds.grams.keys()])),
});

const knownStems = (articles: readonly Article[], language: Language, synonyms: Synonyms): ReadonlySet<string> => {
  const texts = articles.flatMap((article) => phrasingsOf(article, language));
  return new Set([...synonyms.stems, ...texts.flatMap(tokens).map((word) => lightStem(word))]);
};

export const createBank = (published: readonly Article[], language: Language, synonyms: Synonyms): Bank => {
  const articles = published.filter((article) => phrasingsOf(article, language).length > 0);
  const phrasings: Phrasing[] = [];
  const texts: string[] = [];
  const vocabularies: Vocabulary[] = [];
  const stemsKnown = knownStems(articles, language, synonyms);
  const knows: Knows = (stem) => stemsKnown.has(stem);
  const read = (text: string): Features =>
    featuresOf(synonyms.unify(tokens(text).map((word) => lightStem(word, knows))));
  for (const [place, article] of articles.entries()) {
    const own: Features[] = [];
    const seen = new Set<string>();
    for (const text of phrasingsOf(article, language)) {
      const features = read(text);
      const key = features.terms.map((term) => term.stem).join(' ');
      if (seen.has(key)) continue;
      seen.add(key);
      own.push(features);
      phrasings.push({ article: place, features });
      texts.push(text);
    }
    vocabularies.push(vocabularyOf(own, read(plainText(article.body[language] ?? ''))));
  }
  const index = createPhrasingIndex(phrasings);
  const mostRarity = unknownCap * index.wordRarity('');

  const coverageOf = (terms: readonly Term[], article: number): number => {
    const vocabulary = vocabularies[article];
    if (vocabulary === undefined) return 0;
    const matter = terms.filter((term) => term.matters);
    const judged = matter.length > 0 ? matter : terms;
    let all = 0;
    let known = 0;
    for (const term of judged) {
      const weight = Math.min(index.wordRarity(term.stem), mostRarity);
      all += weight;
      known += weight * knownShare(term, vocabulary);
    }
    return all === 0 ? 0 : known / all;
  };

  const tally = (features: Features, except: Exclusion): Map<number, Tally> => {
    const tallies = new Map<number, Tally>();
    for (const { phrasing, score } of index.compare(features, except)) {
      const article = phrasings[phrasing]?.article ?? 0;
      const known = tallies.get(article);
      if (known === undefined) tallies.set(article, { best: score, second: 0, third: 0, phrasing });
      else noteScore(known, score, phrasing);
    }
    return tallies;
  };

  const rank = (features: Features, count: number, except: Exclusion = {}): Evidence[] => {
    const scored = [...tally(features, except)].map(([article, one]) => ({ article, one, likeness: likenessOf(one) }));
    const best = scored
      .sort((one, other) => other.likeness - one.likeness || one.article - other.article)
      .slice(0, Math.max(count + 1, closelyJudged))
      .map((one) => {
        const coverage = coverageOf(features.terms, one.article);
        return { ...one, coverage, strength: one.likeness * (1 - coverageShare + coverageShare * coverage) };
      })
      .sort((one, other) => other.strength - one.strength || one.article - other.article);
    return best.slice(0, count).map(({ article, one, likeness, coverage, strength }, place) => ({
      article,
      likeness,
      lead: strength - (best[place === 0 ? 1 : 0]?.strength ?? 0),
      coverage,
      phrasing: one.phrasing,
    }));
  };

  return { articles, phrasings, texts, read, rank };
};
