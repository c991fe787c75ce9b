import type { Features as Learnable } from '../learning/features.ts';
import { type Learned, featuresOf as learnableFeatures, scoreFeatures } from '../learning/learn.ts';
import { createReader, type Reading } from '../learning/read.ts';
import type { Words } from '../learning/words.ts';
import { type Features, featuresOf } from './features.ts';
import { type Close, createClosestFinder, createLikening, type Hides } from './find-close.ts';
import type { LearnedBank, Phrasing } from './learn-bank.ts';
import { findIn, type Lexicon, type Row, rowOf, unknown } from './lexicon.ts';
import { coverageOf, type Term } from './vocabulary.ts';
import { rarityBy } from './weighed-rows.ts';

/** What speaks for an article as the answer to a question. */
export interface Evidence {
  article: number;
  /** What was learned from all examples, against all other articles: over 0 for it, under 0 against it. */
  score: number;
  /** How far it is ahead of the best other article; negative for those behind. */
  lead: number;
  /** Likeness of its best phrasing and a little of its next ones, 0 to 1. */
  likeness: number;
  /** Share of the words that matter, by rarity, that the article knows. */
  coverage: number;
  /** The phrasing that is most like the question; -1 where none has anything in common with it. */
  phrasing: number;
}

/** A text as the bank reads it. */
export interface Question {
  reading: Reading;
  terms: Term[];
  row: Row;
  learnable: Learnable;
}

/** What a question is compared with; all that the bank has, unless told. */
export interface View {
  hides?: Hides;
  /** The article to which the question belongs as a phrasing. */
  own?: number;
  learned?: Learned | null;
}

/** A bank that can be asked. */
export interface Bank {
  articles: LearnedBank['articles'];
  phrasings: readonly Phrasing[];
  ask(text: string): Question;
  /** The best articles for a question, at most `count`, best first. */
  rank(question: Question, count: number, view?: View): Evidence[];
}

/** How much of the likeness hangs on the article knowing the words that matter. */
const coverageShare = 0.3;

/** How much likeness says beside what was learned. */
const likenessShare = 0.5;

/** An unknown word weighs at most this part of the rarest: people chat around their question. */
const unknownCap = 0.7;

/** So many of the most alike, and of the most likely, are looked at closely. */
const closelyJudged = 6;

/** What stands for the score of an article that was edited just now: its own words come to what a learned one has. */
const unlearnedScore = (likeness: number): number => 2.2 * likeness - 0.6;

const termsOf = ({ terms }: Features, find: Lexicon['find']): Term[] =>
  terms.map(({ stem, matters, grams }) => ({
    stem,
    matters,
    word: find('words', stem),
    grams: grams.map((gram) => find('grams', gram)),
  }));

/** The places of the highest scores, at most `count`. */
const highest = (scores: Float32Array, count: number): number[] => {
  const best: number[] = [];
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    let place = best.length;
    while (place > 0 && (scores[best[place - 1] ?? 0] ?? 0) < score) place -= 1;
    if (place < count) best.splice(place, 0, at);
    if (best.length > count) best.pop();
  }
  return best;
};

const beginsOf = (phrasings: readonly Phrasing[], articles: number): Uint32Array => {
  const begins = new Uint32Array(articles + 1);
  for (const { article } of phrasings) begins[article + 1] = (begins[article + 1] ?? 0) + 1;
  for (let at = 1; at <= articles; at += 1) begins[at] = (begins[at] ?? 0) + (begins[at - 1] ?? 0);
  return begins;
};

/** Opens what was learned for questions. */
export const openBank = (learned: LearnedBank, words: Words): Bank => {
  const { articles, phrasings, numbers, vocabularies, rows, gone } = learned;
  const read = createReader(words, learned.language, learned.words);
  const find = findIn(numbers);
  const rarity = rarityBy(rows.frequencies, phrasings.length);
  const likening = createLikening(rows, beginsOf(phrasings, articles.length), rarity);
  const articleOf = Uint32Array.from(phrasings, ({ article }) => article);
  const findClosest = learned.learned ? null : createClosestFinder(rows, articleOf, rarity);
  const mostRarity = unknownCap * rarity(unknown);
  const weightOf = (term: Term): number => Math.min(rarity(term.word), mostRarity);

  const judge = (close: Close, terms: readonly Term[], own: boolean, scores: Float32Array | null) => {
    const vocabulary = vocabularies[close.article];
    const coverage = vocabulary ? coverageOf(terms, vocabulary, { weightOf, own }) : 0;
    const strength = close.likeness * (1 - coverageShare + coverageShare * coverage);
    const score = scores?.[close.article] ?? (scores ? unlearnedScore(close.likeness) : strength);
    return { ...close, coverage, score, strength: scores ? score + likenessShare * strength : strength };
  };

  /** The most likely ones, and those that were not learned yet. */
  const namedBy = (scores: Float32Array, most: number): number[] => {
    for (const article of gone) scores[article] = Number.NEGATIVE_INFINITY;
    const fresh = articles.slice(scores.length).map((_, at) => scores.length + at);
    return [...highest(scores, most), ...fresh].filter((article) => !gone.has(article));
  };

  const closest = (question: Question, most: number, hides: Hides | undefined): number[] => {
    const isHidden: Hides = (place) => gone.has(articleOf[place] ?? -1) || (hides?.(place) ?? false);
    return findClosest?.(question.row, most, isHidden) ?? [];
  };

  return {
    articles,
    phrasings,
    ask(text) {
      const reading = read(text);
      const features = featuresOf(reading.stems);
      const row = rowOf(features, find);
      return { reading, terms: termsOf(features, find), row, learnable: learnableFeatures(reading) };
    },
    rank(question, count, { hides, own, learned: model = learned.learned } = {}) {
      const most = Math.max(count + 1, closelyJudged);
      const scores = model && scoreFeatures(model, question.learnable);
      const named = scores ? namedBy(scores, most) : closest(question, most, hides);
      const best = likening
        .of(question.row, named, hides)
        .map((one) => judge(one, question.terms, one.article === own, scores))
        .sort((one, other) => other.strength - one.strength || one.article - other.article);
      return best.slice(0, count).map(({ strength, ...one }, place) => ({
        ...one,
        lead: strength - (best[place === 0 ? 1 : 0]?.strength ?? 0),
      }));
    },
  };
};
