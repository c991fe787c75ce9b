import type { Bank, Evidence } from './bank.ts';

/** How likely an article is the right answer, 0 to 1, judged by what speaks for it. */
export type Judge = (evidence: Evidence) => number;

/** Judged cases, as plain numbers: the fit goes over them hundreds of times. */
interface Cases {
  count: number;
  /** What spoke for the best article, `width` numbers a case. */
  inputs: Float64Array;
  /** 1 where it was right, else 0. */
  right: Float64Array;
  weights: Float64Array;
}

const inputsOf = ({ likeness, lead, coverage }: Evidence): Float64Array =>
  Float64Array.of(1, likeness, lead, coverage, likeness * coverage);
const width = 5;

/** Where too few phrasings are there to learn from: what the shipped bank taught, and what the fit is held to. */
const usual = Float64Array.of(-6, 3.6, 4.1, 3.8, 4);
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
  const slope = coefficients.map((value, at) => (usualCases / total) * (value - (usual[at] ?? 0)));
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
const mostAsked = 1200;

/** How often a question is expected that no article answers, for each one that has an answer. */
const unanswerable = 0.15;

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

const gather = (bank: Bank): Cases => {
  // the steps are no whole numbers, so there may be one more
  const cases = noCases(2 * (Math.min(mostAsked, bank.phrasings.length) + 1));
  const stride = Math.max(1, bank.phrasings.length / mostAsked);
  for (let next = 0; next < bank.phrasings.length; next += stride) {
    const place = Math.floor(next);
    const asked = bank.phrasings[place];
    if (asked === undefined) break;
    const question = bank.ask(asked.text);
    const [own] = bank.rank(question, 1, { phrasing: place });
    note(cases, own, own?.article === asked.article, 1);
    const [stranger] = bank.rank(question, 1, { article: asked.article });
    note(cases, stranger, false, unanswerable);
  }
  return cases;
};

/**
 * Learns from the bank itself what confidence is worth: each phrasing is asked while it is hidden (right if its article
 * is still found) and while its whole article is hidden (any answer is wrong). A logistic curve is fitted to the outcome.
 * Deterministic.
 */
export const calibrate = (bank: Bank): Judge => {
  const coefficients = learnCurve(gather(bank));
  return (evidence) => logistic(sumOf(inputsOf(evidence), 0, coefficients));
};
