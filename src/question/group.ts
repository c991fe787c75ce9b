import { fold } from '../language/fold.ts';
import { cluster } from './cluster.ts';
import { type Vector, vectorsOf } from './likeness.ts';
import { neighboursOf } from './neighbours.ts';
import type { Question } from './question.ts';

/** Questions that ask for the same, or nearly. */
export interface QuestionGroup {
  /** The id of its oldest question: it stays while others join. */
  id: string;
  /** Its question that is most like all the others. */
  text: string;
  language: Question['language'];
  count: number;
  /** How many conversations it was asked in. */
  people: number;
  firstAt: string;
  lastAt: string;
  /** How many of them became tickets. */
  tickets: number;
  /** The newest, at most twenty, the newest first. */
  questions: Question[];
  /** The newest by id, at most as many as are judged at once: who judges the group judges more than is shown. */
  questionIds: string[];
}

const mostShown = 20;
const mostJudged = 200;

/** All questions of the same words. */
interface Wording {
  vector: Vector;
  asked: [Question, ...Question[]];
}

const byTime = (one: Question, other: Question): number =>
  one.at < other.at || (one.at === other.at && one.id < other.id) ? -1 : 1;

/** How much a wording is like all of its group: the part of the sum of all that lies in its direction. */
function mostCentral(wordings: readonly Wording[]): Question | undefined {
  const sums = new Map<number, number>();
  for (const { vector, asked } of wordings)
    for (const [at, feature] of vector.features.entries())
      sums.set(feature, (sums.get(feature) ?? 0) + asked.length * (vector.weights[at] ?? 0));
  let [central, most] = [wordings[0], -1];
  for (const wording of wordings) {
    const { features, weights } = wording.vector;
    const likeness = features.reduce((sum, feature, at) => sum + (weights[at] ?? 0) * (sums.get(feature) ?? 0), 0);
    if (likeness > most) [central, most] = [wording, likeness];
  }
  return central?.asked[0];
}

function describe(wordings: readonly Wording[]): QuestionGroup[] {
  const asked = wordings.flatMap((one) => one.asked).sort(byTime);
  const [first, last, central] = [asked[0], asked.at(-1), mostCentral(wordings)];
  if (!first || !last || !central) return [];
  return [
    {
      id: first.id,
      text: central.text,
      language: central.language,
      count: asked.length,
      people: new Set(asked.map(({ conversationId }) => conversationId)).size,
      firstAt: first.at,
      lastAt: last.at,
      tickets: asked.filter(({ ticketNumber }) => ticketNumber !== null).length,
      questions: asked.slice(-mostShown).reverse(),
      questionIds: asked.slice(-mostJudged).map(({ id }) => id),
    },
  ];
}

/** The order of groups: the largest first, of equal ones that which was asked last. Negative where `one` comes first. */
export const compareGroups = (
  one: Pick<QuestionGroup, 'count' | 'lastAt' | 'id'>,
  other: Pick<QuestionGroup, 'count' | 'lastAt' | 'id'>,
): number => {
  if (one.count !== other.count) return other.count - one.count;
  if (one.lastAt !== other.lastAt) return one.lastAt > other.lastAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

function* wordingsOf(questions: readonly Question[]): Generator<void, { wordings: Wording[]; size: number }> {
  const byWords = [...Map.groupBy(questions, ({ text }) => fold(text)).values()];
  const { vectors, size } = yield* vectorsOf(byWords.map(([first]) => first?.text ?? ''));
  const wordings = byWords.flatMap(([first, ...others], at): Wording[] => {
    const vector = vectors[at];
    return first && vector ? [{ vector, asked: [first, ...others] }] : [];
  });
  return { wordings, size };
}

/**
 * Groups questions that ask for the same, or nearly, in other words, the largest group first. Pure: the same questions in any
 * order give the same groups. Yields now and then, so that whoever runs it may let others work.
 */
export function* groupSteps(questions: readonly Question[]): Generator<void, QuestionGroup[]> {
  const { wordings, size } = yield* wordingsOf([...questions].sort(byTime));
  const near = yield* neighboursOf(
    wordings.map(({ vector }) => vector),
    size,
  );
  const homes = yield* cluster(near);
  const members = Map.groupBy(wordings.entries(), ([at]) => homes[at] ?? -1).values();
  const groups: QuestionGroup[] = [];
  for (const group of members) {
    groups.push(...describe(group.map(([, wording]) => wording)));
    yield;
  }
  return groups.sort(compareGroups);
}

/** All of it at once; for few questions, and for tests. */
export function groupQuestions(questions: readonly Question[]): QuestionGroup[] {
  const steps = groupSteps(questions);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** So long it runs without a pause, in ms. */
const strideMs = 8;

/** The same, giving way to other work every few milliseconds. */
export async function groupInStrides(questions: readonly Question[], now: () => number): Promise<QuestionGroup[]> {
  const steps = groupSteps(questions);
  for (let began = now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (now() - began < strideMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = now();
  }
}
