/** One question whose right article is known: how near the best one was, how far ahead of the next, and whether it was right. */
export interface Trial {
  near: number;
  lead: number;
  right: boolean;
  /** How much it counts. */
  weight: number;
}

/** How often a match of this nearness (cosine) and lead is right, 0 to 1. */
export type Trust = (near: number, lead: number) => number;

/** Where the bank has too little to learn from: what sentence models commonly do, after `spread` has made them alike. */
const usual = [-1, 1.6, 1.2] as const;
/** The usual counts as much as so many trials. */
const usualTrials = 8;
const rounds = 300;
const pace = 0.4;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const deviation = (values: readonly number[], around: number): number =>
  Math.sqrt(mean(values.map((value) => (value - around) ** 2)));

/** The inputs as distances from what wrong matches commonly have: models differ much in what "near" is. */
const spread = (trials: readonly Trial[]) => {
  const wrong = trials.filter(({ right }) => !right).map(({ near }) => near);
  const all = trials.map(({ near }) => near);
  const middle = wrong.length > 0 ? mean(wrong) : 0.5;
  const width = Math.max(deviation(all, mean(all)), 0.02);
  return (near: number, lead: number): readonly [1, number, number] => [1, (near - middle) / width, lead / width];
};

type Inputs = readonly [1, number, number];
type Weights = readonly [number, number, number];

const sum = (weights: Weights, inputs: Inputs): number => weights[0] + weights[1] * inputs[1] + weights[2] * inputs[2];

interface Case extends Pick<Trial, 'right' | 'weight'> {
  inputs: Inputs;
}

const step = (weights: Weights, cases: readonly Case[]): Weights => {
  const slope: [number, number, number] = [0, 0, 0];
  let total = usualTrials;
  for (const { inputs, right, weight } of cases) {
    const error = weight * (logistic(sum(weights, inputs)) - (right ? 1 : 0));
    for (const at of [0, 1, 2] as const) slope[at] += error * inputs[at];
    total += weight;
  }
  const next = (at: 0 | 1 | 2): number =>
    weights[at] - (pace * (slope[at] + usualTrials * (weights[at] - usual[at]))) / total;
  return [next(0), next(1), next(2)];
};

/** Learns from trials of a bank what nearness is worth there. Deterministic; monotone in both. */
export function learnTrust(trials: readonly Trial[]): Trust {
  const inputsOf = spread(trials);
  const cases = trials.map(({ near, lead, right, weight }) => ({ inputs: inputsOf(near, lead), right, weight }));
  let weights: Weights = usual;
  for (let round = 0; round < rounds; round += 1) weights = step(weights, cases);
  const rising: Weights = [weights[0], Math.max(0, weights[1]), Math.max(0, weights[2])];
  return (near, lead) => logistic(sum(rising, inputsOf(near, lead)));
}
