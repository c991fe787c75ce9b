import { parentPort, workerData } from 'node:worker_threads';
import { loadModel } from './load-model.ts';
import { ModelFault } from './model-folder.ts';
import { nearThread, orderWord, type ReplyWord } from './near-words.ts';
import { createReader } from './reader.ts';

/** A thread of its own: a model's arithmetic would hold up everybody else. */
const tell = (word: ReplyWord): void => parentPort?.postMessage(word);

const whyOf = (error: unknown): string =>
  error instanceof ModelFault ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);

try {
  const { folder, packageName } = nearThread.parse(workerData);
  const embed = await loadModel(folder, packageName);
  // a model that cannot do this cannot do anything
  await embed(['?']);
  const reader = createReader(embed, tell);
  parentPort?.on('message', (word: unknown) => reader.take(orderWord.parse(word)));
  tell({ on: 'ready' });
} catch (error) {
  tell({ on: 'failed', why: whyOf(error) });
  parentPort?.close();
}
