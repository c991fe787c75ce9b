import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnLinear, scoresOf } from '../../../src/learning/linear.ts';
import { type Row, stack } from '../../../src/learning/rows.ts';

/** A dense vector with a 1 behind it for the label's own weight. */
const dense = ({ features, values }: Row, size: number): number[] => {
  const all = Array<number>(size + 1).fill(0);
  for (const [at, feature] of features.entries()) all[feature] = values[at] ?? 0;
  all[size] = 1;
  return all;
};
const product = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

/** What learning is to make small: half the squared weights, and the square of what each example lacks to its margin. */
const objective = (weights: readonly number[], vectors: readonly number[][], signs: readonly number[]): number =>
  product(weights, weights) / 2 +
  vectors.reduce((sum, vector, at) => sum + Math.max(0, 1 - (signs[at] ?? 1) * product(weights, vector)) ** 2, 0);

/** Goes down the slope of the objective in small steps for as long as it takes. */
const slowly = (vectors: readonly number[][], signs: readonly number[], size: number): number[] => {
  let weights = Array<number>(size + 1).fill(0);
  const pace = 1 / (1 + 2 * vectors.reduce((sum, vector) => sum + product(vector, vector), 0));
  for (let step = 0; step < 4000; step += 1) {
    const lacks = vectors.map((vector, at) => Math.max(0, 1 - (signs[at] ?? 1) * product(weights, vector)));
    const pulled = (place: number): number =>
      vectors.reduce((sum, vector, at) => sum + 2 * (lacks[at] ?? 0) * (signs[at] ?? 1) * (vector[place] ?? 0), 0);
    weights = weights.map((weight, place) => weight - pace * (weight - pulled(place)));
  }
  return weights;
};

const size = 5;
const labels = 3;
const row: fc.Arbitrary<Row> = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size })
  .map((values) => ({ features: values.map((_, at) => at), values: values.map((value) => Math.fround(value)) }));
const example = fc.record({ row, label: fc.integer({ min: -1, max: labels - 1 }) });
const learn = (examples: readonly { row: Row; label: number }[]) =>
  learnLinear(
    stack(examples.map((one) => one.row)),
    examples.map(({ label }) => label),
    labels,
    size,
  );

describe('linear learning', () => {
  it('comes to the least of what it is defined to make small', () => {
    fc.assert(
      fc.property(fc.array(example, { minLength: 2, maxLength: 12 }), (examples) => {
        const { weights } = learn(examples);
        const vectors = examples.map((one) => dense(one.row, size));
        for (let label = 0; label < labels; label += 1) {
          const signs = examples.map((one) => (one.label === label ? 1 : -1));
          const learned = Array.from({ length: size + 1 }, (_, feature) => weights[feature * labels + label] ?? 0);
          const least = objective(slowly(vectors, signs, size), vectors, signs);
          const reached = objective(learned, vectors, signs);
          expect(reached).toBeGreaterThanOrEqual(least - 1e-4);
          // learning ends before the last hundredth: it changes no decision
          expect(reached).toBeLessThanOrEqual(least * 1.05 + 0.02);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells apart what can be told apart', () => {
    const of = (feature: number, value: number): Row => ({ features: [feature], values: [value] });
    const examples = [0, 1, 2].flatMap((label) => [1, 0.9, 0.8].map((value) => ({ row: of(label, value), label })));
    const learned = learn(examples);
    for (const { row: one, label } of examples) {
      const scores = [...scoresOf(learned, one)];
      expect(scores.indexOf(Math.max(...scores))).toBe(label);
      expect(scores[label]).toBeGreaterThan(0);
    }
  });

  it('learns the same from the same', () => {
    fc.assert(
      fc.property(fc.array(example, { maxLength: 12 }), (examples) => {
        expect(learn(examples)).toEqual(learn(examples));
      }),
      { numRuns: 30 },
    );
  });

  it('lets what is of no label speak against all', () => {
    const strange: Row = { features: [3], values: [1] };
    const known = [0, 1, 2].map((label) => ({ row: { features: [label], values: [1] }, label }));
    const before = scoresOf(learn(known), strange);
    const after = scoresOf(learn([...known, { row: strange, label: -1 }]), strange);
    for (const [label, score] of after.entries()) {
      expect(score).toBeLessThan(0);
      expect(score).toBeLessThan(before[label] ?? 0);
    }
  });

  it('never finds a label likely that has no example', () => {
    const learned = learn([
      { row: { features: [0], values: [1] }, label: 0 },
      { row: { features: [1], values: [1] }, label: 1 },
    ]);
    for (const feature of [0, 1, 2]) expect(scoresOf(learned, { features: [feature], values: [1] })[2]).toBeLessThan(0);
  });

  it('scores a text of which nothing is known by the labels alone', () => {
    const learned = learn([{ row: { features: [0], values: [1] }, label: 0 }]);
    expect([...scoresOf(learned, { features: [], values: [] })]).toEqual([...learned.weights.slice(-labels)]);
  });
});
