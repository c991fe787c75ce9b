import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Contender, Learner, Lesson } from './knowledge-contenders.ts';

/** A learning that takes longer is ended. */
const patienceMs = 180_000;

const learned = z.object({ learnMs: z.number(), processorMs: z.number(), megabytes: z.number() });
const answers = z.object({
  said: z.array(
    z.object({ labels: z.array(z.string()), confidence: z.number(), answered: z.boolean(), ms: z.number() }),
  ),
});

const hear = async (thread: Worker): Promise<unknown> => (await once(thread, 'message'))[0];

const late = async (signal: AbortSignal): Promise<null> => wait(patienceMs, null, { signal }).catch(() => null);

const learn = async ({ language, examples }: Lesson): Promise<Learner> => {
  const thread = new Worker(new URL('./knowledge-nlpjs-thread.ts', import.meta.url), {
    workerData: { language, examples },
  });
  const patience = new AbortController();
  const first = await Promise.race([hear(thread), late(patience.signal)]);
  patience.abort();
  if (first === null) {
    await thread.terminate();
    throw new Error(`had not learned ${examples.length} examples after ${patienceMs / 1000} s and was ended`);
  }
  return {
    ...learned.parse(first),
    async ask(texts) {
      const heard = hear(thread);
      thread.postMessage(texts);
      return answers.parse(await heard).said;
    },
    end: async () => void (await thread.terminate()),
  };
};

/** node-nlp by the modules it is made of, as it comes, in a thread that can be ended. */
export const nodeNlp: Contender = { name: 'node-nlp', stated: true, learn };
