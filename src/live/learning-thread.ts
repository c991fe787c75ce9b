import { parentPort, workerData } from 'node:worker_threads';
import { learnKnowledge, wordsFor } from '../knowledge/engine.ts';
import { keepLearned } from './kept-learning.ts';
import type { Lesson, Outcome, ThreadData } from './learning.ts';

const { lists, keptIn } = workerData as ThreadData;

const learn = ({ articles, synonyms }: Lesson): Outcome => {
  try {
    const learned = learnKnowledge(articles, wordsFor({ lists, synonyms }));
    if (keptIn !== null) keepLearned(keptIn, { articles, synonyms, lists }, learned);
    return { learned };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on('message', (lesson: Lesson) => parentPort?.postMessage(learn(lesson)));
