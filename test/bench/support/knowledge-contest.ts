import type { Contender, Effort, Lesson } from './knowledge-contenders.ts';
import { draw, type Judged, type Task } from './knowledge-data.ts';
import { type Case, type Figures, figuresOf } from './knowledge-measures.ts';
import { percentile, say, sorted, table } from './table.ts';

/** Examples of each label, and how many draws of so many are learned. */
export interface Size {
  each: number;
  draws: number;
}

interface Taken extends Effort {
  figures: Figures;
  p50: number;
  p99: number;
}

/** What one contender came to on one set of questions, in each draw. */
interface Score {
  contender: string;
  judged: string;
  taken: Taken[];
}

const mostWarming = 300;

/** Some of what was learned, evenly chosen: the first questions are slow everywhere. */
const warmingOf = ({ examples }: Lesson): string[] => {
  const every = Math.max(1, Math.floor(examples.length / mostWarming));
  return examples.filter((_, at) => at % every === 0).map(({ text }) => text);
};

const casesOf = async (learner: Awaited<ReturnType<Contender['learn']>>, judged: Judged): Promise<Case[]> => {
  const asked = [...judged.inside, ...judged.outside.map((text) => ({ text, label: null }))];
  const said = await learner.ask(asked.map(({ text }) => text));
  return said.map((one, at) => ({ ...one, label: asked[at]?.label ?? null }));
};

const judgeOne = async (contender: Contender, lesson: Lesson, sets: readonly Judged[]): Promise<Taken[]> => {
  const learner = await contender.learn(lesson);
  await learner.ask(warmingOf(lesson));
  const taken: Taken[] = [];
  for (const judged of sets) {
    const cases = await casesOf(learner, judged);
    const times = sorted(cases.map(({ ms }) => ms));
    const { learnMs, processorMs, megabytes } = learner;
    const figures = figuresOf(cases, contender.stated);
    taken.push({ figures, p50: percentile(times, 0.5), p99: percentile(times, 0.99), learnMs, processorMs, megabytes });
  }
  await learner.end();
  return taken;
};

const scoresOf = async (contender: Contender, lessons: readonly Lesson[], sets: readonly Judged[]) => {
  const scores: Score[] = sets.map(({ name }) => ({ contender: contender.name, judged: name, taken: [] }));
  for (const lesson of lessons.slice(0, contender.mostDraws ?? lessons.length)) {
    const taken = await judgeOne(contender, lesson, sets);
    for (const [at, one] of taken.entries()) scores[at]?.taken.push(one);
  }
  return scores;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const meanOf = ({ taken }: Score, figure: (one: Taken) => number | null): number | null => {
  const values = taken.flatMap((one) => figure(one) ?? []);
  return values.length === 0 ? null : mean(values);
};

const percent = (value: number | null): string => (value === null ? '-' : (value * 100).toFixed(1));
const decimals = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));

interface Column {
  head: string;
  cell(score: Score, own: Score | undefined): string;
}

const share = (head: string, figure: (figures: Figures) => number | null): Column => ({
  head,
  cell: (score) => percent(meanOf(score, ({ figures }) => figure(figures))),
});

const number = (head: string, digits: number, figure: (one: Taken) => number | null): Column => ({
  head,
  cell: (score) => decimals(meanOf(score, figure), digits),
});

const rightOf = ({ figures: { right } }: Taken): number => right;

const times: Column = {
  head: 'Wasl/it',
  cell(score, own) {
    const [mine, its] = [own && meanOf(own, rightOf), meanOf(score, rightOf)];
    return mine && its && own !== score ? (mine / its).toFixed(2) : '-';
  },
};

const ofInside: Column[] = [
  share('right', ({ right }) => right),
  times,
  share('top 3', ({ amongThree }) => amongThree),
  number('knows', 3, ({ figures }) => figures.knows),
  number('ECE', 3, ({ figures }) => figures.error),
  share('answered', ({ answered }) => answered),
  share('of it right', ({ rightOfAnswered }) => rightOfAnswered),
  number('p50 ms', 2, ({ p50 }) => p50),
  number('p99 ms', 2, ({ p99 }) => p99),
  number('learned s', 2, ({ learnMs }) => learnMs / 1000),
  number('CPU s', 2, ({ processorMs }) => processorMs / 1000),
  number('MB', 0, ({ megabytes }) => megabytes),
];
const ofOutside: Column[] = [
  number('AUROC', 3, ({ figures }) => figures.abstains),
  share('out found', ({ outsideFound }) => outsideFound),
  number('ECE mixed', 3, ({ figures }) => figures.mixedError),
  share('out answered', ({ outsideAnswered }) => outsideAnswered),
  share('of all right', ({ rightOfAllAnswered }) => rightOfAllAnswered),
];
/** What the columns of `contest` mean. */
export const legend = [
  'right: the best article is the right one, %. Wasl/it: what Wasl (without titles) gets right, divided by what this',
  'one does. top 3: the right one is among those named, %. knows: AUROC of right against wrong ones by confidence.',
  'ECE: expected calibration error in 10 bins, of inside questions alone. answered, of it right: % told as the',
  'answer, and of those right (Wasl at sureness 0.95, node-nlp at its threshold 0.5). p50, p99: one question that was',
  'not asked before, after 300 others. learned, CPU: seconds for all of it, and of the processor in them. MB: held by',
  'what was learned. AUROC: inside against outside questions by confidence. out found: % of outside questions below',
  'the confidence that 95 % of inside ones reach. ECE mixed: with outside questions. out answered: % of outside',
  'questions that were answered. of all right: % of all answers, to outside questions too, that are right.',
].join('\n');

/** A row for each contender and set of questions. */
const print = (scores: readonly Score[], columns: readonly Column[]): void => {
  const rows = scores
    .filter(({ taken }) => taken.length > 0)
    .map((score) => {
      const own = scores.find(({ contender, judged }) => contender === 'Wasl' && judged === score.judged);
      return [`${score.judged}: ${score.contender}`, ...columns.map(({ cell }) => cell(score, own))];
    });
  say(table(['judged', ...columns.map(({ head }) => head)], rows));
};

const headline = (
  { name, learned }: Task,
  { each, draws }: Size,
  examples: number,
  sets: readonly Judged[],
): string => {
  const labels = new Set(learned.map(({ label }) => label)).size;
  const much = each === Number.POSITIVE_INFINITY ? 'all' : each;
  const drawn = draws === 1 ? '' : `, mean of ${draws} draws`;
  const judged = sets
    .map(
      (one) => `${one.inside.length} ${one.name}${one.outside.length > 0 ? ` and ${one.outside.length} outside` : ''}`,
    )
    .join(', ');
  return `${name}: ${much} for each of ${labels}, ${examples} examples${drawn}; judged on ${judged}`;
};

/** Lets all learn the same examples of a task, and prints how they answer the same questions. */
export const contest = async (task: Task, size: Size, contenders: readonly Contender[]): Promise<void> => {
  const lessons = Array.from({ length: size.draws }, (_, at) => ({
    language: task.language,
    examples: draw(task.learned, size.each, at + 1),
  }));
  say(`\n${headline(task, size, lessons[0]?.examples.length ?? 0, task.judged)}`);
  const scores: Score[] = [];
  for (const contender of contenders) {
    try {
      scores.push(...(await scoresOf(contender, lessons, task.judged)));
    } catch (error) {
      say(`  ${contender.name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const bySet = task.judged.flatMap(({ name }) => scores.filter(({ judged }) => judged === name));
  print(bySet, ofInside);
  if (task.judged.some(({ outside }) => outside.length > 0)) print(bySet, ofOutside);
};
