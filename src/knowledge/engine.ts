import { detectLanguage } from '../language/detect.ts';
import type { Language } from '../language/language.ts';
import {
  compileWords,
  noLists,
  type SynonymRows,
  type WordLists,
  type Words,
  withSynonyms,
} from '../learning/words.ts';
import type { Article } from './article.ts';
import { type Bank, type Evidence, openBank, type Question } from './bank.ts';
import { type Curve, judgeBy, learnConfidence, thresholdFor } from './calibrate.ts';
import { type LearnedBank, learnBank } from './learn-bank.ts';
import { type Edits, patchBank } from './patch-bank.ts';

/** What is known of words, in general and in this organisation. */
export interface KnownWords {
  /** `dialects.txt`, `plurals.txt` and `ideas/` of `knowledge-base/understanding/`. */
  lists: WordLists;
  /** Rows of words that mean the same here, per language: those that ship and those of the editors. */
  synonyms: Readonly<Record<Language, SynonymRows>>;
}

export interface KnowledgeOptions extends Partial<KnownWords> {
  /** Of the answers given at least this share should be right, 0.5 to 0.999. */
  sureness?: number;
}

export interface KnowledgeResult {
  /** "choose": the right one is probably among the articles (one to three), but that is for the person to say. */
  outcome: 'answer' | 'choose' | 'none';
  /** The best three, best first, also when the outcome is "none"; confidence is how often such a match is right. */
  articles: { id: string; title: string; confidence: number }[];
  /** The language whose phrasings were compared, and of the titles. */
  language: Language;
  /** The steps that led here, for the agent to read. */
  why: string[];
}

export interface Knowledge {
  /** What the bank says to a question. `language` is what to assume where the text does not show its own. */
  answer(text: string, language?: Language): KnowledgeResult;
}

/** What was learned of one language. Plain data: it may go to another thread. */
export interface LearnedPart {
  bank: LearnedBank;
  curve: Curve;
}
export type LearnedKnowledge = Record<Language, LearnedPart>;

const usualSureness = 0.95;
/** Articles are offered where at least this much speaks for one of them being right. */
const offerFloor = 0.35;
/** An article in the other language than the question's is told or offered from here on. */
const acrossLanguages = 0.5;
/** Two that are closer than this are told apart by the person. */
const tie = 0.05;
const nearlyAsSure = 0.85;
/** Those behind are offered too while they are at least this part as likely as the best. */
const closeBehind = 0.15;
const mostArticles = 3;

interface Part {
  bank: Bank;
  confidence(evidence: Evidence): number;
  threshold: number;
}

interface Judged extends Evidence {
  confidence: number;
}

/**
 * An article that does not know half of what matters is near the question at best: told only by one who is this sure, and
 * not even offered by one who is less than that.
 */
const halfKnown = 0.5;
const sureThough = 0.92;
const offeredThough = 0.6;

const isNearMiss = ({ coverage, confidence }: Judged): boolean => coverage < halfKnown && confidence < sureThough;

/** Two compete where they lie close, or where the second is nearly as sure as the first. */
const isTie = (best: Judged, second: Judged | undefined): boolean =>
  second !== undefined &&
  second.confidence > offerFloor &&
  (best.lead < tie || second.confidence >= nearlyAsSure * best.confidence);

const isOutside = ({ coverage, confidence }: Judged): boolean => coverage < halfKnown && confidence < offeredThough;

const shown = (value: number): string => value.toFixed(2);

const decide = (ranked: readonly Judged[], threshold: number): KnowledgeResult['outcome'] => {
  const [best, second] = ranked;
  if (best === undefined || best.confidence < Math.min(offerFloor, threshold)) return 'none';
  if (isOutside(best)) return 'none';
  if (best.confidence < threshold || isNearMiss(best)) return 'choose';
  return isTie(best, second) ? 'choose' : 'answer';
};

const readAs = ({ reading, terms }: Question): string => {
  const stems = terms.map((term) => (term.matters ? term.stem : `(${term.stem})`)).join(' ');
  const ideas = [...new Set(reading.ideas)].join(', ');
  return ideas === '' ? stems : `${stems}; says: ${ideas}`;
};

const explain = (bank: Bank, one: Judged): string => {
  const like = bank.phrasings[one.phrasing]?.text ?? '';
  return (
    `${bank.articles[one.article]?.id}: like "${like}", likeness ${shown(one.likeness)}, learned ${shown(one.score)}, ` +
    `lead ${shown(one.lead)}, knows ${Math.round(one.coverage * 100)} % of the words that matter, ` +
    `confidence ${shown(one.confidence)}`
  );
};

const reasonFor = (outcome: KnowledgeResult['outcome'], best: Judged | undefined, threshold: number): string => {
  if (best === undefined) return 'none: the bank has nothing in common with the question';
  if (outcome === 'answer') return `answer: ${shown(best.confidence)} is at least ${shown(threshold)}`;
  if (outcome === 'none')
    return best.confidence < Math.min(offerFloor, threshold)
      ? `none: ${shown(best.confidence)} is below ${shown(Math.min(offerFloor, threshold))}`
      : 'none: more than half of the words that matter are strange to the article';
  if (best.confidence < threshold) return `choose: ${shown(best.confidence)} is below ${shown(threshold)}`;
  return isNearMiss(best)
    ? 'choose: more than half of the words that matter are strange to the article'
    : `choose: two articles are closer than ${shown(tie)}`;
};

const ask = ({ bank, confidence, threshold }: Part, text: string, language: Language): KnowledgeResult => {
  const question = bank.ask(text);
  const ranked = bank
    .rank(question, mostArticles)
    .filter(({ likeness, score }) => likeness > 0 || score > 0)
    .map((one) => ({ ...one, confidence: confidence(one) }));
  const outcome = decide(ranked, threshold);
  const near = ranked.filter((one, place) => place < 2 || one.confidence >= closeBehind * (ranked[0]?.confidence ?? 0));
  const articles = (outcome === 'choose' ? near : ranked).map((one) => ({
    id: bank.articles[one.article]?.id ?? '',
    title: bank.articles[one.article]?.title ?? '',
    confidence: Math.round(one.confidence * 1000) / 1000,
  }));
  const why = [
    `language: ${language}`,
    `read as: ${readAs(question)}`,
    ...ranked.map((one) => explain(bank, one)),
    reasonFor(outcome, ranked[0], threshold),
  ];
  return { outcome, articles, language, why };
};

const otherLanguage = (language: Language): Language => (language === 'ar' ? 'en' : 'ar');

/** A question is read by its beginning; nobody asks in more. */
const mostCharacters = 1000;

/** Some letters stand for many (ﷺ), so it is cut once more when they are written out. */
const beginningOf = (text: string): string =>
  text.slice(0, mostCharacters).toWellFormed().normalize('NFKC').slice(0, mostCharacters).toWellFormed();

/** Words of each language: the general lists are made ready once. */
export const wordsFor = ({ lists, synonyms }: KnownWords): Record<Language, Words> => {
  const general = compileWords(lists);
  return { ar: withSynonyms(general, synonyms.ar), en: withSynonyms(general, synonyms.en) };
};

const learnPart = (published: readonly Article[], language: Language, words: Words): LearnedPart => {
  const lessons = learnBank(published, language, words);
  return { bank: lessons.bank, curve: learnConfidence(lessons, openBank(lessons.bank, words)) };
};

/** Learns the published articles. Pure and deterministic; 10,000 phrasings take some seconds. */
export const learnKnowledge = (articles: readonly Article[], words: Record<Language, Words>): LearnedKnowledge => {
  const published = articles.filter((article) => article.status === 'published');
  return { ar: learnPart(published, 'ar', words.ar), en: learnPart(published, 'en', words.en) };
};

const openPart = ({ bank, curve }: LearnedPart, words: Words, sureness: number): Part => ({
  bank: openBank(bank, words),
  confidence: judgeBy(curve),
  threshold: thresholdFor(curve, sureness),
});

/**
 * The knowledge engine: finds the article that answers a question, or abstains. Pure and deterministic: what was learned
 * and the question alone decide.
 */
export const openKnowledge = (
  learned: LearnedKnowledge,
  words: Record<Language, Words>,
  sureness = usualSureness,
): Knowledge => {
  const parts = { ar: openPart(learned.ar, words.ar, sureness), en: openPart(learned.en, words.en, sureness) };
  return {
    answer(whole, assumed = 'ar') {
      const text = beginningOf(whole);
      const language = detectLanguage(text).language ?? assumed;
      const result = ask(parts[language], text, language);
      if (result.outcome !== 'none') return result;
      const other = otherLanguage(language);
      const second = ask(parts[other], text, other);
      if ((second.articles[0]?.confidence ?? 0) < acrossLanguages) return result;
      return { ...second, why: [...result.why, ...second.why] };
    },
  };
};

/** What was learned with edits in it that are not learned yet. */
export const patchKnowledge = (
  learned: LearnedKnowledge,
  edits: Edits,
  words: Record<Language, Words>,
): LearnedKnowledge => ({
  ar: { ...learned.ar, bank: patchBank(learned.ar.bank, edits, 'ar', words.ar) },
  en: { ...learned.en, bank: patchBank(learned.en.bank, edits, 'en', words.en) },
});

const noWords: KnownWords = { lists: noLists, synonyms: { ar: [], en: [] } };

/** Learns articles and opens them for questions, all in this thread. */
export const createKnowledge = (articles: readonly Article[], options: KnowledgeOptions = {}): Knowledge => {
  const words = wordsFor({ ...noWords, ...options });
  return openKnowledge(learnKnowledge(articles, words), words, options.sureness);
};
