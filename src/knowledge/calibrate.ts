import type { Bank, Evidence, View } from './bank.ts';
import { type Lessons, learnWithin } from './learn-bank.ts';

/** How likely an article is the right answer, 0 to 1, judged by what speaks for it. */
export type Judge = (evidence: Evidence) => number;

/** What the bank learned about its own confidence. Plain data: it may go to another thread. */
export interface Curve {
  coefficients: Float64Array;
  /** Confidence of the best article in each judged case, and how much the case counts, highest first. */
  confidences: Float64Array;
  weights: Float64Array;
}

/** Judged cases, as plain numbers: the fit goes over them hundreds of times. */
interface Cases {
  count: number;
  /** What spoke for the best article, `width` numbers a case. */
  inputs: Float64Array;
  /** 1 where it was right, else 0. */
  right: Float64Array;
  weights: Float64Array;
}

const clipped = (value: number): number => Math.min(1.5, Math.max(-1.5, value));

const inputsOf = ({ score, lead, likeness, coverage }: Evidence): Float64Array =>
  Float64Array.of(1, clipped(score), clipped(lead), likeness, coverage, likeness * coverage, clipped(lead) * coverage);
const width = 7;

/** Where too few phrasings are there to learn from: what the shipped bank taught, and what the fit is held to. */
const usual = Float64Array.of(-2.6, 1.6, 1.4, 1.5, 2, 1.8, 1.2);
/** The usual counts as much as so many cases. */
const usualCases = 60;
const rounds = 400;
const pace = 0.5;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/** The weighed sum of the inputs that stand from `from` on. */
const sumOf = (inputs: Float64Array, from: number, coefficients: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < width; at += 1) sum += (inputs[from + at] ?? 0) * (coefficients[at] ?? 0);
  return sum;
};

/** Takes one step down the slope of the fault. */
const step = ({ count, inputs, right, weights }: Cases, coefficients: Float64Array, total: number): void => {
  const slope = coefficients.map((value, at) => (usualCases / total) * (value - (usual[at] ?? 0)) * 0.1);
  for (let one = 0; one < count; one += 1) {
    const from = one * width;
    const error = (logistic(sumOf(inputs, from, coefficients)) - (right[one] ?? 0)) * ((weights[one] ?? 0) / total);
    for (let at = 0; at < width; at += 1) slope[at] = (slope[at] ?? 0) + error * (inputs[from + at] ?? 0);
  }
  for (let at = 0; at < width; at += 1) coefficients[at] = (coefficients[at] ?? 0) - pace * (slope[at] ?? 0);
};

const learnCurve = (cases: Cases): Float64Array => {
  const coefficients = usual.slice();
  const total = usualCases + cases.weights.reduce((sum, weight) => sum + weight, 0);
  for (let round = 0; round < rounds; round += 1) step(cases, coefficients, total);
  return coefficients;
};

/** At most so many phrasings are asked, evenly chosen, so that learning a large bank stays quick. */
const mostAsked = 1600;

/** How often a question is expected that no article answers, for each one that has an answer. */
const unanswerable = 0.06;

const noCases = (most: number): Cases => ({
  count: 0,
  inputs: new Float64Array(most * width),
  right: new Float64Array(most),
  weights: new Float64Array(most),
});

const note = (cases: Cases, evidence: Evidence | undefined, right: boolean, weight: number): void => {
  if (evidence === undefined) return;
  cases.inputs.set(inputsOf(evidence), cases.count * width);
  cases.right[cases.count] = right ? 1 : 0;
  cases.weights[cases.count] = weight;
  cases.count += 1;
};

/** Of a bank of 4,000 phrasings and more one part is hidden once; of a smaller one several parts, each in its turn. */
const foldsOf = (phrasings: number): number => Math.min(4, Math.max(1, Math.round(4000 / Math.max(1, phrasings))));
/** With one turn only, a part of this size is hidden. */
const parts = 6;

/** Which phrasings and articles are hidden in one turn. */
interface Hidden {
  phrasing(place: number): boolean;
  article(place: number): boolean;
}

const hiddenIn = (fold: number, folds: number): Hidden => {
  const every = folds === 1 ? parts : folds;
  const everyArticle = 2 * every;
  return { phrasing: (place) => place % every === fold, article: (place) => place % everyArticle === fold };
};

interface Turn {
  lessons: Lessons;
  opened: Bank;
  hidden: Hidden;
  /** At most so many questions are asked. */
  most: number;
}

const someOf = (places: readonly number[], most: number): number[] => {
  const stride = Math.max(1, places.length / most);
  return Array.from({ length: Math.min(most, places.length) }, (_, at) => places[Math.floor(at * stride)] ?? 0);
};

/** What is learned where something is hidden; of what is nobody's matter the half that is asked is hidden too. */
const viewOf = ({ lessons, hidden }: Turn): View => {
  const { bank, examples, elsewhere } = lessons;
  const hides = (place: number): boolean =>
    hidden.phrasing(place) || hidden.article(bank.phrasings[place]?.article ?? -1);
  const strange = elsewhere.filter((_, at) => at % 2 === 1).map(({ example }) => example);
  const shown = [...examples.filter((_, place) => !hides(place)), ...strange];
  return { hides, learned: bank.learned && learnWithin(shown, bank.articles.length) };
};

const askHidden = (turn: Turn, view: View, cases: Cases): void => {
  const { lessons, opened, hidden, most } = turn;
  const places = lessons.bank.phrasings.map((_, place) => place).filter((place) => view.hides?.(place));
  for (const place of someOf(places, most)) {
    const asked = lessons.bank.phrasings[place];
    if (asked === undefined) continue;
    const [best] = opened.rank(opened.ask(asked.text), 1, { ...view, own: asked.article });
    const stranger = hidden.article(asked.article);
    note(cases, best, !stranger && best?.article === asked.article, stranger ? unanswerable * 2 : 1);
  }
};

/** Together they count as much as so many times the questions that have an answer. */
const elsewhereShare = 0.05;

const askElsewhere = ({ lessons, opened, most }: Turn, view: View, cases: Cases): void => {
  const asked = lessons.elsewhere.filter((_, at) => at % 2 === 0);
  const weight = (elsewhereShare * Math.min(most, lessons.bank.phrasings.length)) / asked.length;
  for (const { text } of asked) note(cases, opened.rank(opened.ask(text), 1, view)[0], false, weight);
};

const sorted = ({ count, inputs, weights }: Cases, coefficients: Float64Array) => {
  const places = Array.from({ length: count }, (_, at) => at);
  const confidence = places.map((at) => logistic(sumOf(inputs, at * width, coefficients)));
  places.sort((one, other) => (confidence[other] ?? 0) - (confidence[one] ?? 0));
  return {
    confidences: Float64Array.from(places, (at) => confidence[at] ?? 0),
    weights: Float64Array.from(places, (at) => weights[at] ?? 0),
  };
};

/**
 * Learns from the bank itself what confidence is worth: parts of the phrasings, and whole articles, are hidden in turn,
 * what tells the rest apart is learned without them, and they are asked. The right article is right, any answer for a
 * hidden one is wrong. A logistic curve is fitted to the outcome. Deterministic.
 */
export const learnConfidence = (lessons: Lessons, opened: Bank): Curve => {
  const folds = foldsOf(lessons.bank.phrasings.length);
  const most = Math.ceil(mostAsked / folds);
  const cases = noCases(most * folds + lessons.elsewhere.length);
  for (let fold = 0; fold < folds; fold += 1) {
    const turn = { lessons, opened, hidden: hiddenIn(fold, folds), most };
    const view = viewOf(turn);
    askHidden(turn, view, cases);
    if (fold === 0) askElsewhere(turn, view, cases);
  }
  const coefficients = learnCurve(cases);
  return { coefficients, ...sorted(cases, coefficients) };
};

export const judgeBy =
  ({ coefficients }: Curve): Judge =>
  (evidence) =>
    logistic(sumOf(inputsOf(evidence), 0, coefficients));

/** Where too few cases tell. */
const fewCases = 40;

/** By hand: 0.5 for a half, 0.7 for the usual 0.95, and nearly all for nearly all. */
const usualThreshold = (sureness: number): number =>
  sureness < 0.95 ? 0.5 + (sureness - 0.5) * 0.44 : 0.7 + (sureness - 0.95) * 5.1;

/**
 * The least confidence at which the best article is given, so that of all answers given the wanted share is right:
 * the lowest at which the confidences from there upward come to it on the average.
 */
export const thresholdFor = ({ confidences, weights }: Curve, sureness: number): number => {
  if (confidences.length < fewCases) return usualThreshold(sureness);
  let right = 0;
  let all = 0;
  let threshold = 0.999;
  for (let at = 0; at < confidences.length; at += 1) {
    right += (confidences[at] ?? 0) * (weights[at] ?? 0);
    all += weights[at] ?? 0;
    // those that are as sure as the next are given with it
    if (right / all >= sureness && confidences[at] !== confidences[at + 1]) threshold = confidences[at] ?? threshold;
  }
  return threshold;
};
