import { Agent, request } from 'node:http';
import type { Clock } from '../../src/clock.ts';

/** What a receiver answered to a post. Status 0: nobody there, or no answer in time. */
export interface Posted {
  status: number;
  body: string;
  /** How long the answer took. */
  ms: number;
}

export interface PostingOptions {
  clock: Clock;
  /** Waits before each further attempt at a post that was not answered with 200. */
  retryDelaysMs: readonly number[];
  timeoutMs: number;
  /** False: answers are not remembered. */
  keep: boolean;
}

/** Posts of a provider to a webhook. */
export interface Posting {
  post(url: string, raw: Buffer, headers: Record<string, string>): Promise<Posted>;
  /** A `GET`; its answer is not remembered. */
  get(url: string): Promise<Posted>;
  /** Runs an attempt again and again, as planned, until it gives 200; null ends it. */
  retry(attempt: () => Promise<Posted> | null, arrived: () => void): Promise<void>;
  wait(ms: number): Promise<void>;
  /** Attempts that wait, and those under way. */
  pending(): number;
  /** Every answer to a post, in order. */
  answers: Posted[];
  stop(): void;
}

const ask = (
  agent: Agent,
  url: string,
  timeoutMs: number,
  sent: { headers: Record<string, string>; raw: Buffer } | null,
): Promise<Posted> =>
  new Promise((resolve) => {
    const from = performance.now();
    const end = (status: number, body: string): void => resolve({ status, body, ms: performance.now() - from });
    const options = { agent, method: sent ? 'POST' : 'GET', timeout: timeoutMs, headers: sent?.headers ?? {} };
    const outgoing = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => end(answer.statusCode ?? 0, Buffer.concat(chunks).toString()));
      answer.on('error', () => end(0, ''));
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => end(0, ''));
    outgoing.end(sent?.raw);
  });

export function createPosting({ clock, retryDelaysMs, timeoutMs, keep }: PostingOptions): Posting {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const cancels = new Set<() => void>();
  const answers: Posted[] = [];
  let underWay = 0;
  let stopped = false;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, () => {
        cancels.delete(cancel);
        resolve();
      });
      cancels.add(cancel);
    });

  return {
    async post(url, raw, headers) {
      underWay += 1;
      const answer = await ask(agent, url, timeoutMs, { headers, raw });
      underWay -= 1;
      if (keep) answers.push(answer);
      return answer;
    },
    get: (url) => ask(agent, url, timeoutMs, null),
    async retry(attempt, arrived) {
      for (const ms of retryDelaysMs) {
        if (stopped) return;
        await wait(ms);
        const answer = attempt();
        if (!answer) return;
        if ((await answer).status === 200) return arrived();
      }
    },
    wait,
    pending: () => cancels.size + underWay,
    answers,
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
      cancels.clear();
      agent.destroy();
    },
  };
}
