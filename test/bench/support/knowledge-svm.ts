import { type Linear, learnLinear, scoresOf } from '../../../src/learning/linear.ts';
import { type Row, stack } from '../../../src/learning/rows.ts';
import { askEach, type Contender, type Lesson, timedLearning } from './knowledge-contenders.ts';
import type { Said } from './knowledge-measures.ts';

const sizes = [2, 3, 4, 5];

/** Pieces of 2 to 5 characters within the borders of words, each with how often it stands there. */
const piecesOf = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().split(/\s+/)) {
    const marked = ` ${word} `;
    for (const size of sizes) {
      for (let at = 0; at + size <= marked.length; at += 1) {
        const piece = marked.slice(at, at + size);
        counts.set(piece, (counts.get(piece) ?? 0) + 1);
      }
    }
  }
  return counts;
};

interface Pieces {
  numbers: Map<string, number>;
  rarity: number[];
}

const rarityOf = (all: readonly Map<string, number>[]): Pieces => {
  const often = new Map<string, number>();
  for (const counts of all) for (const piece of counts.keys()) often.set(piece, (often.get(piece) ?? 0) + 1);
  return {
    numbers: new Map([...often.keys()].map((piece, at) => [piece, at])),
    rarity: [...often.values()].map((count) => Math.log((1 + all.length) / (1 + count)) + 1),
  };
};

const rowOf = (counts: ReadonlyMap<string, number>, { numbers, rarity }: Pieces): Row => {
  const known = [...counts].flatMap(([piece, count]) => {
    const number = numbers.get(piece);
    return number === undefined ? [] : [{ number, value: count * (rarity[number] ?? 0) }];
  });
  const length = Math.hypot(...known.map(({ value }) => value)) || 1;
  return { features: known.map(({ number }) => number), values: known.map(({ value }) => value / length) };
};

interface Machine {
  pieces: Pieces;
  linear: Linear;
  labels: string[];
}

const learn = ({ examples }: Lesson): Machine => {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const places = new Map(labels.map((label, at) => [label, at]));
  const counted = examples.map(({ text }) => piecesOf(text));
  const pieces = rarityOf(counted);
  const rows = stack(counted.map((counts) => rowOf(counts, pieces)));
  const of = examples.map(({ label }) => places.get(label) ?? 0);
  return { pieces, labels, linear: learnLinear(rows, of, labels.length, pieces.rarity.length) };
};

const ask = ({ pieces, linear, labels }: Machine, text: string) => {
  const scores = scoresOf(linear, rowOf(piecesOf(text), pieces));
  const best = labels.map((label, at) => ({ label, score: scores[at] ?? 0 }));
  return best.sort((one, other) => other.score - one.score).slice(0, 3);
};

const said = (best: ReturnType<typeof ask>, ms: number): Said => ({
  labels: best.map(({ label }) => label),
  confidence: best[0]?.score ?? 0,
  answered: null,
  ms,
});

/** A linear support vector machine on characters alone, as anybody would set one up: no word lists, no titles. */
export const characterSvm: Contender = {
  name: 'character SVM',
  stated: false,
  async learn(lesson) {
    const { learned, ...taken } = await timedLearning(() => learn(lesson));
    return {
      ...taken,
      ask: async (texts) => askEach(texts, (text) => ask(learned, text), said),
      end: async () => undefined,
    };
  },
};
