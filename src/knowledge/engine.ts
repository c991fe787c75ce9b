import { detectLanguage } from '../language/detect.ts';
import { inLanguage, type Language } from '../language/language.ts';
import type { Article } from './article.ts';
import { type Bank, createBank, type Evidence, type Question } from './bank.ts';
import { calibrate, type Judge } from './calibrate.ts';
import { createSynonyms, type SynonymRows } from './synonyms.ts';

export interface KnowledgeOptions {
  /** Rows of words that mean the same, per language (`knowledge-base/understanding/synonyms.yaml`). */
  synonyms?: Readonly<Record<Language, SynonymRows>>;
  /** Least confidence at which the best article is given as the answer, 0 to 1. */
  threshold?: number;
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
  /** Puts articles in, by id in place of those that were there, and learns the bank again. */
  add(articles: readonly Article[]): void;
  /** Takes these articles as the whole bank. */
  replace(articles: readonly Article[]): void;
}

const usualThreshold = 0.55;
/** Below this nothing is offered. */
const offerFloor = 0.22;
/** Two that are closer than this are told apart by the person. */
const tie = 0.04;
/** Those behind are offered too while they are at least this part as alike as the best. */
const closeBehind = 0.6;
const mostArticles = 3;

interface Part {
  bank: Bank;
  judge: Judge;
}
type Parts = Record<Language, Part>;

interface Judged extends Evidence {
  confidence: number;
}

const shown = (value: number): string => value.toFixed(2);

const decide = (ranked: readonly Judged[], threshold: number): KnowledgeResult['outcome'] => {
  const [best, second] = ranked;
  if (best === undefined || best.confidence < offerFloor) return 'none';
  if (best.confidence < threshold) return 'choose';
  return second !== undefined && best.lead < tie ? 'choose' : 'answer';
};

const readAs = ({ terms }: Question): string =>
  terms.map((term) => (term.matters ? term.stem : `(${term.stem})`)).join(' ');

const explain = (bank: Bank, { article, phrasing, likeness, lead, coverage, confidence }: Judged): string =>
  `${bank.articles[article]?.id}: like "${bank.phrasings[phrasing]?.text}", likeness ${shown(likeness)}, lead ${shown(lead)}, ` +
  `knows ${Math.round(coverage * 100)} % of the words that matter, confidence ${shown(confidence)}`;

const reasonFor = (outcome: KnowledgeResult['outcome'], best: Judged | undefined, threshold: number): string => {
  if (best === undefined) return 'none: the bank has nothing in common with the question';
  if (outcome === 'answer') return `answer: ${shown(best.confidence)} is at least ${shown(threshold)}`;
  if (outcome === 'none') return `none: ${shown(best.confidence)} is below ${shown(offerFloor)}`;
  return best.confidence < threshold
    ? `choose: ${shown(best.confidence)} is below ${shown(threshold)}`
    : `choose: two articles are closer than ${shown(tie)}`;
};

const ask = ({ bank, judge }: Part, text: string, language: Language, threshold: number): KnowledgeResult => {
  const question = bank.ask(text);
  const ranked = bank.rank(question, mostArticles).map((one) => ({ ...one, confidence: judge(one) }));
  const outcome = decide(ranked, threshold);
  const near = ranked.filter((one, place) => place < 2 || one.likeness >= closeBehind * (ranked[0]?.likeness ?? 0));
  const articles = (outcome === 'choose' ? near : ranked).map(({ article, confidence }) => {
    const found = bank.articles[article];
    return {
      id: found?.id ?? '',
      title: found ? inLanguage(found.title, language) : '',
      confidence: Math.round(confidence * 100) / 100,
    };
  });
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

/**
 * The knowledge engine: finds the article that answers a question, or abstains. Pure and deterministic: the same bank and
 * question always give the same result. Learning is synchronous and happens at creation and in `add` and `replace`;
 * questions never change anything. Only published articles count.
 */
export const createKnowledge = (articles: readonly Article[], options: KnowledgeOptions = {}): Knowledge => {
  const threshold = options.threshold ?? usualThreshold;
  const synonyms = {
    ar: createSynonyms(options.synonyms?.ar ?? []),
    en: createSynonyms(options.synonyms?.en ?? []),
  };
  let known = new Map<string, Article>();

  const learnLanguage = (published: readonly Article[], language: Language): Part => {
    const bank = createBank(published, language, synonyms[language]);
    return { bank, judge: calibrate(bank) };
  };
  const learn = (): Parts => {
    const published = [...known.values()].filter((article) => article.status === 'published');
    return { ar: learnLanguage(published, 'ar'), en: learnLanguage(published, 'en') };
  };
  const take = (all: readonly Article[]): Parts => {
    known = new Map(all.map((article) => [article.id, article]));
    return learn();
  };
  let parts = take(articles);

  return {
    answer(whole, assumed = 'ar') {
      const text = whole.slice(0, mostCharacters).toWellFormed();
      const detected = detectLanguage(text);
      const seen = detected.arabizi ? 'en' : detected.language;
      const language = seen ?? assumed;
      const result = ask(parts[language], text, language, threshold);
      if (result.outcome !== 'none') return result;
      const other = otherLanguage(language);
      const second = ask(parts[other], text, other, threshold);
      if (second.outcome === 'none') return result;
      return { ...second, why: [...result.why, ...second.why] };
    },
    add(more) {
      parts = take([...known.values(), ...more]);
    },
    replace(all) {
      parts = take(all);
    },
  };
};
