import type { Vector } from './likeness.ts';

/** Those most like each one, by place, with how much; given both ways. */
export type Neighbours = Map<number, number>[];

/** Less likeness is chance. */
const leastLikeness = 0.1;
export const mostNeighbours = 20;

/** For each feature the vectors that have it and how much it counts in them, in one stretch of two lists. */
interface Index {
  starts: Int32Array;
  owners: Int32Array;
  weights: Float64Array;
}

function indexOf(vectors: readonly Vector[], features: number): Index {
  const starts = new Int32Array(features + 1);
  for (const vector of vectors)
    for (const feature of vector.features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let at = 1; at <= features; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const next = starts.slice();
  const total = starts[features] ?? 0;
  const index = { starts, owners: new Int32Array(total), weights: new Float64Array(total) };
  for (const [owner, vector] of vectors.entries())
    for (const [at, feature] of vector.features.entries()) {
      const place = next[feature] ?? 0;
      index.owners[place] = owner;
      index.weights[place] = vector.weights[at] ?? 0;
      next[feature] = place + 1;
    }
  return index;
}

/** Adds to `likeness` the dot product of a vector with each other one. */
function compare({ features, weights }: Vector, index: Index, likeness: Float64Array): void {
  for (let at = 0; at < features.length; at += 1) {
    const feature = features[at] ?? 0;
    const weight = weights[at] ?? 0;
    const end = index.starts[feature + 1] ?? 0;
    for (let place = index.starts[feature] ?? 0; place < end; place += 1) {
      const owner = index.owners[place] ?? 0;
      likeness[owner] = (likeness[owner] ?? 0) + weight * (index.weights[place] ?? 0);
    }
  }
}

const mostAlike = (likeness: Float64Array, self: number): number[] => {
  const found: number[] = [];
  for (let other = 0; other < likeness.length; other += 1)
    if (other !== self && (likeness[other] ?? 0) >= leastLikeness) found.push(other);
  return found.sort((one, two) => (likeness[two] ?? 0) - (likeness[one] ?? 0) || one - two).slice(0, mostNeighbours);
};

/**
 * The vectors that are most like each one, at most 20 of its own choice; who is chosen has the other as well. Yields
 * between vectors.
 */
export function* neighboursOf(vectors: readonly Vector[], features: number): Generator<void, Neighbours> {
  const index = indexOf(vectors, features);
  const near: Neighbours = vectors.map(() => new Map());
  const likeness = new Float64Array(vectors.length);
  for (const [one, vector] of vectors.entries()) {
    likeness.fill(0);
    compare(vector, index, likeness);
    for (const other of mostAlike(likeness, one)) {
      near[one]?.set(other, likeness[other] ?? 0);
      near[other]?.set(one, likeness[other] ?? 0);
    }
    yield;
  }
  return near;
}
