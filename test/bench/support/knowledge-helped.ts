import type { Log } from '../../../src/channel/channel.ts';
import { systemClock } from '../../../src/clock.ts';
import { coreSettings, readSettings } from '../../../src/config.ts';
import { createKnowledge, type KnowledgeOptions } from '../../../src/knowledge/engine.ts';
import { createConsult } from '../../../src/semantic/consult.ts';
import type { Help } from '../../../src/semantic/help.ts';
import { openHelp } from '../../../src/semantic/open-help.ts';
import { articlesOf, type Contender, type Learner, type Lesson, saidBy } from './knowledge-contenders.ts';
import type { Said } from './knowledge-measures.ts';
import { heldMegabytes } from './memory.ts';
import { say } from './table.ts';

const tell = (_fields: object, message: string): void => say(`help: ${message}`);
const log: Log = { debug: () => undefined, info: tell, warn: tell, error: tell };

const { KNOWLEDGE_MODEL, KNOWLEDGE_LLM_URL, KNOWLEDGE_LLM_MODEL, KNOWLEDGE_LLM_TOKEN } = coreSettings;
const { KNOWLEDGE_LLM_MAY, KNOWLEDGE_HELP_MS } = coreSettings;
const shape = {
  KNOWLEDGE_MODEL,
  KNOWLEDGE_LLM_URL,
  KNOWLEDGE_LLM_MODEL,
  KNOWLEDGE_LLM_TOKEN,
  KNOWLEDGE_LLM_MAY,
  KNOWLEDGE_HELP_MS,
};

const learnHelped = async (lesson: Lesson, options: KnowledgeOptions, help: Help, waitMs: number): Promise<Learner> => {
  const before = await heldMegabytes();
  const [from, used] = [performance.now(), process.threadCpuUsage()];
  const articles = articlesOf(lesson, true);
  const knowledge = createKnowledge(articles, options);
  const { learn, ...learned } = help;
  await learn?.(articles);
  const byId = new Map(articles.map((article) => [article.id, article]));
  const learnMs = performance.now() - from;
  const { user, system } = process.threadCpuUsage(used);
  const consult = createConsult({
    help: Promise.resolve(learned),
    waitMs,
    sureness: () => options.sureness ?? 0.95,
    articles: () => byId,
    clock: systemClock,
    log,
    count: () => undefined,
  });
  const ask = async (text: string): Promise<Said> => {
    const began = performance.now();
    const alone = knowledge.answer(text, lesson.language);
    const result = await consult.improve(alone, { text, language: lesson.language }, consult.patience());
    return saidBy(result, performance.now() - began);
  };
  return {
    learnMs,
    processorMs: (user + system) / 1000,
    megabytes: (await heldMegabytes()) - before,
    async ask(texts) {
      const said: Said[] = [];
      for (const text of texts) said.push(await ask(text));
      return said;
    },
    end: async () => undefined,
  };
};

/** The bank, titles too, with the help that the settings `KNOWLEDGE_…` name, and what closes it; null where they name none. */
export const openHelped = async (
  options: KnowledgeOptions,
): Promise<{ contender: Contender; stop(): Promise<void> } | null> => {
  const settings = readSettings(shape, process.env);
  const help = await openHelp(settings, log);
  if (help === null) return null;
  const learn = (lesson: Lesson) => learnHelped(lesson, options, help, settings.KNOWLEDGE_HELP_MS);
  return { contender: { name: 'Wasl, titles, help', stated: true, mostDraws: 1, learn }, stop: () => help.stop() };
};
