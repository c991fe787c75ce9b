import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Article } from '../../src/knowledge/article.ts';
import { createKnowledge, type Knowledge, type KnowledgeOptions } from '../../src/knowledge/engine.ts';
import { loadArticles } from '../../src/knowledge/load.ts';
import { loadOrganisation } from '../../src/organisation/load.ts';
import type { UnderstandingFiles } from '../../src/understanding/files.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import { articlesOf, bank, timedLearning } from './support/knowledge-contenders.ts';
import { contest, legend, type Size } from './support/knowledge-contest.ts';
import { readArbanking, readClinc, shorter, type Task } from './support/knowledge-data.ts';
import { openHelped } from './support/knowledge-helped.ts';
import { nodeNlp } from './support/knowledge-nlpjs.ts';
import { characterSvm } from './support/knowledge-svm.ts';
import { percentile, say } from './support/table.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const set = z.object({
  inScope: z.array(z.object({ text: z.string(), ids: z.array(z.string()) })),
  outOfScope: z.array(z.string()),
});
const questions = set.extend({ fresh: set, unseen: set });
type Questions = z.infer<typeof set>;

/** A bank of the wanted size with the words of the shipped one: each article again and again, its words marked by a number. */
const grow = (articles: readonly Article[], phrasings: number): Article[] => {
  const grown: Article[] = [];
  let written = 0;
  for (let copy = 0; written < phrasings; copy += 1) {
    for (const article of articles) {
      const ar = (article.phrasings.ar ?? []).map((text, at) => `${text} ${syllable(copy * 7 + at)}${syllable(copy)}`);
      grown.push({ ...article, id: `${article.id}-${copy}`, phrasings: { ar }, title: { ar: ar[0] ?? article.id } });
      written += ar.length;
      if (written >= phrasings) break;
    }
  }
  return grown;
};

const consonants = [...'بتجدرسشصعفقكلمنهوي'];
const syllable = (number: number): string =>
  `${consonants[number % 18]}ا${consonants[Math.floor(number / 18) % 18]}${consonants[Math.floor(number / 324) % 18]}`;

const clock = (act: (text: string) => unknown, texts: readonly string[], rounds: number) => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const text of texts) {
      const from = performance.now();
      act(text);
      if (round > 0) times.push(performance.now() - from);
    }
  }
  times.sort((one, other) => one - other);
  return `p50 ${percentile(times, 0.5).toFixed(3)} ms, p99 ${percentile(times, 0.99).toFixed(3)} ms`;
};

const judge = (knowledge: Knowledge, { inScope, outOfScope }: Questions) => {
  const results = inScope.map(({ text, ids }) => ({ ids, result: knowledge.answer(text) }));
  const first = results.filter(({ ids, result }) => ids.includes(result.articles[0]?.id ?? '')).length;
  const answered = results.filter(({ result }) => result.outcome === 'answer');
  const right = answered.filter(({ ids, result }) => ids.includes(result.articles[0]?.id ?? '')).length;
  const chosen = results.filter(({ result }) => result.outcome === 'choose');
  const offered = chosen.filter(({ ids, result }) => result.articles.some(({ id }) => ids.includes(id))).length;
  const abstained = outOfScope.filter((text) => knowledge.answer(text).outcome === 'none').length;
  return (
    `best article right ${first}/${inScope.length}; answered ${answered.length}, right ${right}; ` +
    `offered a choice ${chosen.length}, right one among it ${offered}; out of scope declined ${abstained}/${outOfScope.length}`
  );
};

const clockUnderstanding = async (files: UnderstandingFiles, texts: readonly string[]): Promise<void> => {
  const { organisation, services } = await loadOrganisation(root('knowledge-base/organisation'));
  const from = performance.now();
  const { understand } = createUnderstanding(files, { categories: organisation.categories, services });
  say(
    `understanding: learned in ${(performance.now() - from).toFixed(0)} ms; a message: ${clock(understand, texts, 20)}`,
  );
};

const sizes = [10_000, 20_000];

const clockLarge = async (articles: readonly Article[], options: KnowledgeOptions, texts: readonly string[]) => {
  const { learned, learnMs, processorMs, megabytes } = await timedLearning(() => createKnowledge(articles, options));
  const took = `${(learnMs / 1000).toFixed(2)} s (${(processorMs / 1000).toFixed(2)} s of the processor)`;
  say(`  ${articles.length} articles: learned in ${took}, ${megabytes.toFixed(0)} MB`);
  say(`  a question: ${clock(learned.answer, texts, 3)}`);
};

interface Shipped {
  articles: Article[];
  texts: string[];
}

const benchShipped = async (options: KnowledgeOptions): Promise<Shipped> => {
  const articles = await loadArticles(root('knowledge-base/articles'));
  const raw: unknown = JSON.parse(await readFile(root('test/fixtures/knowledge/questions.json'), 'utf8'));
  const { fresh, unseen, ...first } = questions.parse(raw);
  const { learned, learnMs, megabytes } = await timedLearning(() => createKnowledge(articles, options));
  say(`shipped bank: ${articles.length} articles, learned in ${learnMs.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`);
  say(`  first set:  ${judge(learned, first)}`);
  say(`  second set: ${judge(learned, fresh)}`);
  say(`  third set, never tuned on: ${judge(learned, unseen)}`);
  const texts = [...first.inScope, ...fresh.inScope].map(({ text }) => text);
  say(`  a question: ${clock(learned.answer, texts, 20)}`);
  return { articles, texts };
};

const benchGrown = async ({ articles, texts }: Shipped, options: KnowledgeOptions): Promise<void> => {
  for (const size of sizes) {
    say(`\n${size} phrasings, the shipped ones again and again with other words in them`);
    await clockLarge(grow(articles, size), options, texts);
  }
};

/** Evenly chosen, at most `count`. */
const evenly = <T>(all: readonly T[], count: number): T[] =>
  all.filter((_, at) => Math.floor(((at + 1) * count) / all.length) > Math.floor((at * count) / all.length));

const benchLarge = async ({ learned, language, judged }: Task, options: KnowledgeOptions): Promise<void> => {
  const texts = judged.flatMap(({ inside }) => inside.map(({ text }) => text));
  for (const size of sizes) {
    say(`\n${size} phrasings of ArBanking77`);
    await clockLarge(articlesOf({ language, examples: evenly(learned, size) }, true), options, texts);
  }
};

const readTasks = async (folder: string): Promise<{ arbanking: Task[]; clinc: Task[] }> => {
  const [banking, clinc] = [join(folder, 'arbanking77'), join(folder, 'clinc150', 'train-val.json')];
  for (const path of [banking, clinc].filter((path) => !existsSync(path))) say(`left out: there is no ${path}`);
  return {
    arbanking: existsSync(banking) ? await readArbanking(banking) : [],
    clinc: existsSync(clinc) ? [await readClinc(clinc)] : [],
  };
};

/** Learns public data beside others and prints how each answers. `quick`: one draw, a third of the questions. */
const benchData = async (folder: string, options: KnowledgeOptions, quick: boolean): Promise<void> => {
  const { arbanking, clinc } = await readTasks(folder);
  const helped = await openHelped(options);
  const contenders = [bank(options, false), bank(options, true), ...(helped ? [helped.contender] : [])];
  const [few, all]: [Size['draws'], Size] = [quick ? 1 : 3, { each: Number.POSITIVE_INFINITY, draws: 1 }];
  say(`\n${legend}`);
  for (const task of [...arbanking, ...clinc]) {
    const judged = quick ? task.judged.map(shorter) : task.judged;
    for (const size of [{ each: 5, draws: few }, { each: 10, draws: few }, all])
      await contest({ ...task, judged }, size, [...contenders, nodeNlp, characterSvm]);
  }
  await helped?.stop();
  const [both] = arbanking;
  if (both) await benchLarge(both, options);
};

const howToCompare = [
  'for ArBanking77 and CLINC150 beside node-nlp and a plain character SVM, name a folder that has',
  'arbanking77/*_train.csv and *_val.csv, and clinc150/train-val.json: npm run bench -- knowledge folder [--quick]',
].join('\n');

/**
 * Prints accuracy on the question sets, time for a question, learning time and memory, for the shipped bank and large
 * ones; with a folder of public data also how well that is learned, beside others.
 */
export async function run(args: readonly string[]): Promise<void> {
  const folder = args.find((arg) => !arg.startsWith('--'));
  const files = await loadUnderstanding(root('knowledge-base/understanding'));
  const { lists, synonyms } = files;
  const shipped = await benchShipped({ lists, synonyms });
  await clockUnderstanding(files, shipped.texts);
  if (folder === undefined) say(`\n${howToCompare}`);
  else await benchData(folder, { lists, synonyms }, args.includes('--quick'));
  await benchGrown(shipped, { lists, synonyms });
}
