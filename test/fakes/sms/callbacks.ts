import type { Clock } from '../../../src/clock.ts';
import type { Callback } from './model.ts';

/** What the receiver answered to a post. Status 0: nobody there, or no answer in time. */
export interface Posted {
  status: number;
  body: string;
}

/** Posts callbacks, and again where the provider would. */
export interface Callbacks {
  /** Resolves with the answer to the first attempt; further ones go on in the background. */
  post(callback: Callback): Promise<Posted>;
  /** Every answer, in order. */
  answers: Posted[];
  /** Posts that wait for an attempt, and those under way. */
  pending(): number;
  stop(): void;
}

/** `keep` false: answers are not remembered. */
export function createCallbacks(clock: Clock, timeoutMs: number, keep = true): Callbacks {
  const waits = new Set<() => void>();
  const ending = new AbortController();
  const answers: Posted[] = [];
  let underWay = 0;

  const attempt = async ({ url, type, raw, headers }: Callback): Promise<Posted> => {
    underWay += 1;
    try {
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(timeoutMs)]);
      const given = { ...headers, 'content-type': type };
      const answer = await fetch(url, { method: 'POST', headers: given, body: raw, redirect: 'manual', signal });
      return { status: answer.status, body: await answer.text() };
    } catch {
      return { status: 0, body: '' };
    } finally {
      underWay -= 1;
    }
  };

  const tryOnce = async (callback: Callback, delaysMs: readonly number[]): Promise<Posted> => {
    const posted = await attempt(callback);
    if (keep) answers.push(posted);
    const [delayMs, ...later] = delaysMs;
    if (delayMs !== undefined && !callback.isFinal(posted.status) && !ending.signal.aborted) {
      const cancel = clock.after(delayMs, () => {
        waits.delete(cancel);
        void tryOnce(callback, later);
      });
      waits.add(cancel);
    }
    return posted;
  };

  return {
    post: (callback) => tryOnce(callback, callback.retryDelaysMs),
    answers,
    pending: () => waits.size + underWay,
    stop() {
      ending.abort();
      for (const cancel of waits) cancel();
      waits.clear();
    },
  };
}
