import { Worker } from 'node:worker_threads';
import type { Log } from '../channel/channel.ts';
import type { Article } from '../knowledge/article.ts';
import { languages } from '../language/language.ts';
import { type Help, HelpRefused, type Near } from './help.ts';
import { ModelFault } from './model-folder.ts';
import { type OrderWord, type ReplyWord, replyWord, type Way } from './near-words.ts';

export interface ModelOptions {
  /** The operator's folder with a sentence model. */
  folder: string;
  /** The package that reads it, or the address of a module that does as it does. */
  packageName: string;
  log: Log;
  /** How long loading may take, in ms. */
  loadWithinMs?: number;
}

/** So many ways to ask of one article are read, evenly chosen: further ones tell little. */
const mostWays = 40;
/** So many questions may wait for the model. */
const mostWaiting = 64;

const evenly = <T>(all: readonly T[], most: number): T[] =>
  all.length <= most
    ? [...all]
    : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]).filter(
        (one) => one !== undefined,
      );

const waysOf = (article: Article): Way[] =>
  languages.flatMap((language) => {
    const title = article.title[language];
    const texts = [...(title ? [title] : []), ...evenly(article.phrasings[language] ?? [], mostWays)];
    return texts.map((text) => ({ id: article.id, text }));
  });

interface Waiting {
  resolve(near: Near[]): void;
  reject(error: Error): void;
}

type NearHelp = Required<Pick<Help, 'near' | 'learn' | 'stop'>>;

/** The thread, spoken to in words; `end` is called once, with why, when it will never answer again. */
const beginThread = (
  { folder, packageName }: ModelOptions,
  hear: (word: ReplyWord) => void,
  end: (why: string) => void,
) => {
  const thread = new Worker(new URL('./near-thread.ts', import.meta.url), {
    workerData: { folder, packageName },
    execArgv: [],
  });
  thread.on('message', (word: unknown) => hear(replyWord.parse(word)));
  thread.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
  thread.on('exit', (code) => end(`its thread ended (${code})`));
  let waits = 0;
  /** Only while somebody waits for the thread does it keep the process alive. */
  const waitFor = async <T>(promise: Promise<T>): Promise<T> => {
    if (waits++ === 0) thread.ref();
    return promise.finally(() => {
      if (--waits === 0) thread.unref();
    });
  };
  return {
    waitFor,
    order: (word: OrderWord): void => thread.postMessage(word),
    stop: () => thread.terminate(),
  };
};

/** Those who wait for the thread, by turn. */
const createWaiting = () => {
  const questions = new Map<number, Waiting>();
  const banks = new Map<number, () => void>();
  return {
    questions,
    banks,
    hear(word: ReplyWord): void {
      if (word.on === 'near') questions.get(word.turn)?.resolve(word.near);
      // a bank that a newer one took the place of is learned with that
      if (word.on === 'learned') for (const [turn, done] of banks) if (turn <= word.turn) done();
    },
    end(why: string): void {
      for (const { reject } of questions.values()) reject(new HelpRefused(why));
      for (const done of banks.values()) done();
    },
  };
};

/**
 * Finds articles by meaning, with the operator's sentence model in a thread of its own. Resolves once the model is loaded;
 * rejects with a `ModelFault` that says what to do. Should the thread end later, that is logged once and each question is
 * refused.
 */
export async function openNear(options: ModelOptions): Promise<NearHelp> {
  const waiting = createWaiting();
  const loaded = Promise.withResolvers<void>();
  let turns = 0;
  let ended: string | null = null;
  const end = (why: string): void => {
    if (ended !== null) return;
    ended = why;
    loaded.reject(new ModelFault(why));
    waiting.end(why);
    if (isReady && !isStopped)
      options.log.error({ why }, 'KNOWLEDGE_MODEL: the sentence model stopped; Wasl goes on without it');
  };
  const hear = (word: ReplyWord): void => {
    if (word.on === 'ready') loaded.resolve();
    else if (word.on === 'failed') end(word.why);
    else waiting.hear(word);
  };
  let isReady = false;
  let isStopped = false;
  const thread = beginThread(options, hear, end);
  const { loadWithinMs = 120_000 } = options;
  const late = setTimeout(() => {
    end(`the model was not loaded within ${loadWithinMs / 1000} s: take a smaller one`);
    void thread.stop();
  }, loadWithinMs);
  await thread.waitFor(loaded.promise).finally(() => clearTimeout(late));
  isReady = true;

  return {
    near(text, _language, within) {
      if (ended !== null) return Promise.reject(new HelpRefused(ended));
      if (waiting.questions.size >= mostWaiting) return Promise.reject(new HelpRefused('too many questions wait'));
      const turn = ++turns;
      const { promise, ...settle } = Promise.withResolvers<Near[]>();
      const giveUp = (): void => {
        thread.order({ do: 'drop', turn });
        settle.reject(within.reason);
      };
      if (within.aborted) return Promise.reject(within.reason);
      within.addEventListener('abort', giveUp, { once: true });
      waiting.questions.set(turn, settle);
      thread.order({ do: 'near', turn, text });
      return thread.waitFor(promise).finally(() => {
        waiting.questions.delete(turn);
        within.removeEventListener('abort', giveUp);
      });
    },
    learn(articles) {
      if (ended !== null) return Promise.resolve();
      const turn = ++turns;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.banks.set(turn, resolve);
      const published = articles.filter(({ status }) => status === 'published');
      thread.order({ do: 'learn', turn, ways: published.flatMap(waysOf) });
      return thread.waitFor(promise).finally(() => waiting.banks.delete(turn));
    },
    async stop() {
      isStopped = true;
      await thread.stop();
    },
  };
}
