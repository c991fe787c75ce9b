import { Worker } from 'node:worker_threads';
import type { Article } from '../knowledge/article.ts';
import type { KnownWords, LearnedKnowledge } from '../knowledge/engine.ts';
import type { WordLists } from '../learning/words.ts';

/** What is learned: articles, with what the organisation calls by several names. */
export interface Lesson {
  articles: readonly Article[];
  synonyms: KnownWords['synonyms'];
}

/** What the thread is given when it begins. */
export interface ThreadData {
  lists: WordLists;
  /** Where what was learned is kept, so that the same need not be learned again; null for nowhere. */
  keptIn: string | null;
}

/** What the thread answers to a lesson. */
export type Outcome = { learned: LearnedKnowledge } | { error: string };

/** Learns articles beside the work, so that nobody waits for it. */
export interface Teacher {
  /** Lessons are learned one after the other. Rejects where the thread breaks; the next lesson has a new one. */
  learn(lesson: Lesson): Promise<LearnedKnowledge>;
  /** Ends the thread for good: a lesson that is being learned, or comes after it, is rejected. */
  stop(): void;
}

/** A thread that had nothing to learn for so long is ended: it holds memory. */
const idleMs = 5_000;

const threadFile = new URL('./learning-thread.ts', import.meta.url);

const ask = (worker: Worker, lesson: Lesson): Promise<LearnedKnowledge> =>
  new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      worker.off('message', onOutcome).off('error', onError).off('exit', onExit);
      then();
    };
    const onOutcome = (outcome: Outcome): void =>
      settle(() => ('learned' in outcome ? resolve(outcome.learned) : reject(new Error(outcome.error))));
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (code: number): void => onError(new Error(`The learning thread ended with ${code}.`));
    worker.on('message', onOutcome).on('error', onError).on('exit', onExit);
    worker.postMessage(lesson);
  });

/** A teacher with a thread of its own, which begins with the first lesson. */
export const createTeacher = (data: ThreadData): Teacher => {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let before: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  const end = (): void => {
    clearTimeout(idle);
    void worker?.terminate();
    worker = null;
  };
  const teach = async (lesson: Lesson): Promise<LearnedKnowledge> => {
    clearTimeout(idle);
    if (isStopped) throw new Error('Nothing is learned any more: Wasl stops.');
    worker ??= new Worker(threadFile, { workerData: data, execArgv: [] });
    worker.ref();
    try {
      return await ask(worker, lesson);
    } catch (error) {
      end();
      throw error;
    } finally {
      worker?.unref();
      idle = setTimeout(end, idleMs);
      idle.unref();
    }
  };
  return {
    learn(lesson) {
      const learned = before.then(() => teach(lesson));
      before = learned.catch(() => undefined);
      return learned;
    },
    stop() {
      isStopped = true;
      end();
    },
  };
};
