import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Article } from '../../src/knowledge/article.ts';
import { createKnowledge, type Knowledge } from '../../src/knowledge/engine.ts';
import { loadArticles } from '../../src/knowledge/load.ts';
import { loadOrganisation } from '../../src/organisation/load.ts';
import type { UnderstandingFiles } from '../../src/understanding/files.ts';
import { loadUnderstanding } from '../../src/understanding/load.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const set = z.object({
  inScope: z.array(z.object({ text: z.string(), ids: z.array(z.string()) })),
  outOfScope: z.array(z.string()),
});
const questions = set.extend({ fresh: set, unseen: set });
type Questions = z.infer<typeof set>;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const megabytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

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

const build = (articles: readonly Article[], synonyms: Parameters<typeof createKnowledge>[1]) => {
  const before = megabytes();
  const from = performance.now();
  const knowledge = createKnowledge(articles, synonyms);
  return { knowledge, ms: performance.now() - from, heap: megabytes() - before };
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
  console.log(
    `understanding: learned in ${(performance.now() - from).toFixed(0)} ms; a message: ${clock(understand, texts, 20)}`,
  );
};

/** Prints accuracy on the question sets, time for a question, learning time and memory, for the shipped bank and large ones. */
export async function run(): Promise<void> {
  const articles = await loadArticles(root('knowledge-base/articles'));
  const files = await loadUnderstanding(root('knowledge-base/understanding'));
  const { synonyms } = files;
  const raw: unknown = JSON.parse(await readFile(root('test/fixtures/knowledge/questions.json'), 'utf8'));
  const { fresh, unseen, ...first } = questions.parse(raw);
  const texts = [...first.inScope, ...fresh.inScope].map(({ text }) => text);
  await clockUnderstanding(files, texts);
  const shipped = build(articles, { synonyms });
  console.log(
    `shipped bank: ${articles.length} articles, learned in ${shipped.ms.toFixed(0)} ms, ${shipped.heap.toFixed(0)} MB`,
  );
  console.log(`  first set:  ${judge(shipped.knowledge, first)}`);
  console.log(`  second set: ${judge(shipped.knowledge, fresh)}`);
  console.log(`  third set, never tuned on: ${judge(shipped.knowledge, unseen)}`);
  console.log(`  a question: ${clock(shipped.knowledge.answer, texts, 20)}`);
  for (const size of [10_000, 20_000]) {
    const { knowledge, ms, heap } = build(grow(articles, size), { synonyms });
    console.log(`${size} phrasings: learned in ${(ms / 1000).toFixed(2)} s, ${heap.toFixed(0)} MB`);
    console.log(`  a question: ${clock(knowledge.answer, texts, 3)}`);
  }
}
