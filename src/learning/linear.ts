import type { Row, Rows } from './rows.ts';

/**
 * One weight for each feature and label, those of a feature side by side; behind the last feature the labels' own
 * weights. Plain data: it may go to another thread.
 */
export interface Linear {
  labels: number;
  weights: Float32Array;
}

/** How much a wrong example costs beside large weights. */
const cost = 1;
const mostRounds = 30;
/** Learning of a label ends when no example is further from its place than this. */
const nearEnough = 0.1;

/** Numbers that look like chance and are the same each time. */
const createDice = () => {
  let seed = 1;
  return (sides: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % sides;
  };
};

interface Task {
  rows: Rows;
  /** 1 where the example is of the label, else -1. */
  signs: Int8Array;
  /** The length of each row, squared, with the label's own weight and the cost. */
  lengths: Float64Array;
  /** The weights of one label, its own behind the last feature. */
  weights: Float64Array;
  /** How much each example holds the weights in place. */
  holds: Float64Array;
}

const dot = ({ rows, weights }: Task, example: number): number => {
  let sum = weights[weights.length - 1] ?? 0;
  const end = rows.starts[example + 1] ?? 0;
  for (let at = rows.starts[example] ?? end; at < end; at += 1)
    sum += (weights[rows.features[at] ?? 0] ?? 0) * (rows.values[at] ?? 0);
  return sum;
};

const pull = ({ rows, weights }: Task, example: number, by: number): void => {
  const end = rows.starts[example + 1] ?? 0;
  for (let at = rows.starts[example] ?? end; at < end; at += 1) {
    const feature = rows.features[at] ?? 0;
    weights[feature] = (weights[feature] ?? 0) + by * (rows.values[at] ?? 0);
  }
  weights[weights.length - 1] = (weights[weights.length - 1] ?? 0) + by;
};

/** Moves one example's hold to its best; gives how far it was off, or null where it may rest. */
const settle = (task: Task, example: number, restAbove: number): number | null => {
  const sign = task.signs[example] ?? 1;
  const hold = task.holds[example] ?? 0;
  const slope = dot(task, example) * sign - 1 + hold / (2 * cost);
  if (hold === 0 && slope > restAbove) return null;
  const off = hold === 0 ? Math.min(slope, 0) : slope;
  if (Math.abs(off) > 1e-9) {
    const moved = Math.max(hold - slope / (task.lengths[example] ?? 1), 0);
    task.holds[example] = moved;
    pull(task, example, (moved - hold) * sign);
  }
  return off;
};

/** Where the learning of a label stands: the first `active` examples of the order do not rest. */
interface Course {
  order: Uint32Array;
  active: number;
  /** An example that holds nothing rests where it is further on its right side than this. */
  restAbove: number;
  roll(sides: number): number;
}

/** One round over the examples that do not rest, in the order of the dice; gives the extremes of how far they were off. */
const round = (task: Task, { order, active, restAbove, roll }: Course) => {
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let left = active;
  for (let at = 0; at < left; at += 1) {
    const other = at + roll(left - at);
    const example = order[other] ?? 0;
    order[other] = order[at] ?? 0;
    order[at] = example;
    const off = settle(task, example, restAbove);
    if (off === null) {
      left -= 1;
      order[at] = order[left] ?? 0;
      order[left] = example;
      at -= 1;
    } else {
      most = Math.max(most, off);
      least = Math.min(least, off);
    }
  }
  return { most, least, left };
};

const learnLabel = (task: Task): void => {
  const all = task.signs.length;
  const order = Uint32Array.from({ length: all }, (_, at) => at);
  const course: Course = { order, active: all, restAbove: Number.POSITIVE_INFINITY, roll: createDice() };
  for (let turn = 0; turn < mostRounds; turn += 1) {
    const { most, least, left } = round(task, course);
    course.active = left;
    course.restAbove = most <= 0 ? Number.POSITIVE_INFINITY : most;
    if (most - least > nearEnough) continue;
    if (left === all) return;
    course.active = all;
    course.restAbove = Number.POSITIVE_INFINITY;
  }
};

const lengthsOf = ({ starts, values }: Rows): Float64Array =>
  Float64Array.from({ length: starts.length - 1 }, (_, example) => {
    let squares = 1 + 1 / (2 * cost);
    for (let at = starts[example] ?? 0; at < (starts[example + 1] ?? 0); at += 1) squares += (values[at] ?? 0) ** 2;
    return squares;
  });

/**
 * Learns to tell labels (numbers from 0) apart from examples: one linear support vector machine a label, squared hinge,
 * by dual coordinate descent with shrinking (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM",
 * ICML 2008). Deterministic.
 */
export const learnLinear = (rows: Rows, of: readonly number[], labels: number, features: number): Linear => {
  const linear: Linear = { labels, weights: new Float32Array((features + 1) * labels) };
  const lengths = lengthsOf(rows);
  for (let label = 0; label < labels; label += 1) {
    const signs = Int8Array.from(of, (one) => (one === label ? 1 : -1));
    const task = { rows, signs, lengths, weights: new Float64Array(features + 1), holds: new Float64Array(of.length) };
    learnLabel(task);
    for (let feature = 0; feature <= features; feature += 1)
      linear.weights[feature * labels + label] = task.weights[feature] ?? 0;
  }
  return linear;
};

/** How much speaks for each label: over 0 for, under 0 against. */
export const scoresOf = ({ labels, weights }: Linear, { features, values }: Row): Float32Array => {
  const scores = weights.slice(weights.length - labels);
  for (let at = 0; at < features.length; at += 1) {
    const from = (features[at] ?? 0) * labels;
    const value = values[at] ?? 0;
    for (let label = 0; label < labels; label += 1)
      scores[label] = (scores[label] ?? 0) + value * (weights[from + label] ?? 0);
  }
  return scores;
};
