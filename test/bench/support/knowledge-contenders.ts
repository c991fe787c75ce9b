import type { Article } from '../../../src/knowledge/article.ts';
import { createKnowledge, type KnowledgeOptions, type KnowledgeResult } from '../../../src/knowledge/engine.ts';
import type { Language } from '../../../src/language/language.ts';
import type { Asked } from './knowledge-data.ts';
import type { Said } from './knowledge-measures.ts';
import { heldMegabytes } from './memory.ts';

export interface Lesson {
  language: Language;
  examples: readonly Asked[];
}

/** What learning took. */
export interface Effort {
  learnMs: number;
  /** What the thread had of the processor meanwhile: on a machine that others use too, less than the time that passed. */
  processorMs: number;
  /** Held by what was learned. */
  megabytes: number;
}

/** One that learned. */
export interface Learner extends Effort {
  /** Answers one by one, each timed by itself. */
  ask(texts: readonly string[]): Promise<Said[]>;
  end(): Promise<void>;
}

export interface Contender {
  name: string;
  /** Its confidence is meant as a share of right ones. */
  stated: boolean;
  /** Only so many draws are learned. */
  mostDraws?: number;
  /** Rejects with a reason where it cannot learn the lesson. */
  learn(lesson: Lesson): Promise<Learner>;
}

const titled = (label: string, language: Language): Article['title'] =>
  language === 'ar' ? { ar: label } : { en: label };

/** An article for each label. */
export const articlesOf = ({ language, examples }: Lesson, withTitles: boolean): Article[] => {
  const texts = new Map<string, string[]>();
  for (const { label, text } of examples) texts.set(label, [...(texts.get(label) ?? []), text]);
  return [...texts].map(([label, phrasings]) => ({
    id: label,
    status: 'published',
    title: withTitles ? titled(label, language) : {},
    body: {},
    phrasings: language === 'ar' ? { ar: phrasings } : { en: phrasings },
  }));
};

export const saidBy = ({ articles, outcome }: KnowledgeResult, ms: number): Said => ({
  labels: articles.map(({ id }) => id),
  confidence: articles[0]?.confidence ?? 0,
  answered: outcome === 'answer',
  ms,
});

interface Timed<T> extends Effort {
  learned: T;
}

/** Learns by what is given; says how long that took and what it holds. */
export const timedLearning = async <T>(learn: () => T): Promise<Timed<T>> => {
  const before = await heldMegabytes();
  const [from, used] = [performance.now(), process.threadCpuUsage()];
  const learned = learn();
  const learnMs = performance.now() - from;
  const { user, system } = process.threadCpuUsage(used);
  return { learned, learnMs, processorMs: (user + system) / 1000, megabytes: (await heldMegabytes()) - before };
};

/** Asks one after the other. */
export const askEach = <T>(texts: readonly string[], ask: (text: string) => T, said: (given: T, ms: number) => Said) =>
  texts.map((text) => {
    const from = performance.now();
    const given = ask(text);
    return said(given, performance.now() - from);
  });

/** The knowledge bank as it ships, at the usual sureness; the labels are the titles of the articles, or there are none. */
export const bank = (options: KnowledgeOptions, withTitles: boolean): Contender => ({
  name: withTitles ? 'Wasl, titles too' : 'Wasl',
  stated: true,
  async learn(lesson) {
    const articles = articlesOf(lesson, withTitles);
    const { learned, ...taken } = await timedLearning(() => createKnowledge(articles, options));
    return {
      ...taken,
      ask: async (texts) => askEach(texts, (text) => learned.answer(text, lesson.language), saidBy),
      end: async () => undefined,
    };
  },
});
