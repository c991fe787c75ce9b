import type { Bank, Evidence } from './bank.ts';

/** How likely an article is the right answer, 0 to 1, judged by what speaks for it. */
export type Judge = (evidence: Evidence) => number;

/** One judged case: what spoke for the best article, and whether it was right. */
interface Case {
  inputs: number[];
  right: boolean;
  weight: number;
}

const inputsOf = ({ likeness, lead, coverage }: Evidence): number[] => [
  1,
  likeness,
  lead,
  coverage,
  likeness * coverage,
];

/** Where too few phrasings are there to learn from: what the shipped bank taught, and what the fit is held to. */
const usual = [-6, 3.6, 4.1, 3.8, 4];
/** The usual counts as much as so many cases. */
const usualCases = 60;
const rounds = 400;
const pace = 0.5;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

const slopeOf = (cases: readonly Case[], coefficients: readonly number[], total: number): number[] => {
  const slope = coefficients.map((value, at) => (usualCases / total) * (value - (usual[at] ?? 0)));
  for (const { inputs, right, weight } of cases) {
    const error = (logistic(dot(inputs, coefficients)) - (right ? 1 : 0)) * (weight / total);
    for (const [at, input] of inputs.entries()) slope[at] = (slope[at] ?? 0) + error * input;
  }
  return slope;
};

const learnCurve = (cases: readonly Case[]): number[] => {
  let coefficients = [...usual];
  const total = usualCases + cases.reduce((sum, one) => sum + one.weight, 0);
  for (let round = 0; round < rounds; round += 1) {
    const slope = slopeOf(cases, coefficients, total);
    coefficients = coefficients.map((value, at) => value - pace * (slope[at] ?? 0));
  }
  return coefficients;
};

/** At most so many phrasings are asked, evenly chosen, so that learning a large bank stays quick. */
const mostAsked = 1200;

/** How often a question is expected that no article answers, for each one that has an answer. */
const unanswerable = 0.15;

const gather = (bank: Bank): Case[] => {
  const cases: Case[] = [];
  const stride = Math.max(1, bank.phrasings.length / mostAsked);
  for (let next = 0; next < bank.phrasings.length; next += stride) {
    const place = Math.floor(next);
    const asked = bank.phrasings[place];
    if (asked === undefined) break;
    const [own] = bank.rank(asked.features, 1, { phrasing: place });
    if (own) cases.push({ inputs: inputsOf(own), right: own.article === asked.article, weight: 1 });
    const [stranger] = bank.rank(asked.features, 1, { article: asked.article });
    if (stranger) cases.push({ inputs: inputsOf(stranger), right: false, weight: unanswerable });
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
  return (evidence) => logistic(dot(inputsOf(evidence), coefficients));
};
