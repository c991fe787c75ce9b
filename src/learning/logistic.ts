/** What is seen of a case, whether it was right, and how much it counts. */
export interface Judged {
  inputs: readonly number[];
  right: boolean;
  weight: number;
}

/** What to begin from, and how many cases it counts as: with few cases the curve stays near it. */
export interface Prior {
  /** The first stands for itself, each further one for an input. */
  coefficients: readonly number[];
  cases: number;
}

const rounds = 300;
const pace = 1;

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/** How likely a case with such inputs is right, 0 to 1. */
export const likelihood = (coefficients: readonly number[], inputs: readonly number[]): number =>
  logistic(inputs.reduce((sum, input, at) => sum + input * (coefficients[at + 1] ?? 0), coefficients[0] ?? 0));

/** Fits a logistic curve to judged cases by going down the slope of its fault. Deterministic. */
export const fitLogistic = (cases: readonly Judged[], prior: Prior): number[] => {
  let coefficients = [...prior.coefficients];
  const total = cases.reduce((sum, { weight }) => sum + weight, prior.cases);
  for (let round = 0; round < rounds; round += 1) {
    const slope = coefficients.map((one, at) => (0.1 * prior.cases * (one - (prior.coefficients[at] ?? 0))) / total);
    for (const { inputs, right, weight } of cases) {
      const error = ((likelihood(coefficients, inputs) - (right ? 1 : 0)) * weight) / total;
      for (let at = 0; at < slope.length; at += 1)
        slope[at] = (slope[at] ?? 0) + error * (at === 0 ? 1 : (inputs[at - 1] ?? 0));
    }
    coefficients = coefficients.map((one, at) => one - pace * (slope[at] ?? 0));
  }
  return coefficients;
};
