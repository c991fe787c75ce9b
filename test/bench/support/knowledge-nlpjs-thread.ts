import { parentPort, workerData } from 'node:worker_threads';
import { containerBootstrap } from '@nlpjs/core';
import { LangAr } from '@nlpjs/lang-ar';
import { LangEn } from '@nlpjs/lang-en';
import { Nlp } from '@nlpjs/nlp';
import { z } from 'zod';
import type { Said } from './knowledge-measures.ts';
import { heldMegabytes } from './memory.ts';

const lesson = z.object({
  language: z.enum(['ar', 'en']),
  examples: z.array(z.object({ text: z.string(), label: z.string() })),
});

const processed = z.object({
  intent: z.string(),
  score: z.number(),
  classifications: z.array(z.object({ intent: z.string() })),
});

/** What it calls a question that belongs to nothing it was taught. */
const none = 'None';

const saidBy = (raw: unknown, ms: number): Said => {
  const { intent, score, classifications } = processed.parse(raw);
  const labels = classifications.map((one) => one.intent).filter((name) => name !== none);
  return { labels: labels.slice(0, 3), confidence: intent === none ? 0 : score, answered: intent !== none, ms };
};

const { language, examples } = lesson.parse(workerData);
// it tells each round of learning otherwise
console.log = () => undefined;
const container = containerBootstrap();
container.use(language === 'ar' ? LangAr : LangEn);
const before = await heldMegabytes();
const [from, used] = [performance.now(), process.threadCpuUsage()];
// all as it comes, but that no file is written
const nlp = new Nlp({ container, languages: [language], autoSave: false, autoLoad: false });
for (const { text, label } of examples) nlp.addDocument(language, text, label);
await nlp.train();
const learnMs = performance.now() - from;
const { user, system } = process.threadCpuUsage(used);
const processorMs = (user + system) / 1000;
parentPort?.postMessage({ on: 'learned', learnMs, processorMs, megabytes: (await heldMegabytes()) - before });

const ask = async (text: string): Promise<Said> => {
  const began = performance.now();
  const raw = await nlp.process(language, text);
  return saidBy(raw, performance.now() - began);
};

parentPort?.on('message', async (texts: unknown) => {
  const said: Said[] = [];
  for (const text of z.array(z.string()).parse(texts)) said.push(await ask(text));
  parentPort?.postMessage({ on: 'said', said });
});
