import { isUnavailable } from '../errors.ts';

/** Work that the connection may hinder and that is right to do again. */
export interface Insistence {
  /** Does it again as long as the server cannot be reached and `goesOn` says so. Anything else that is wrong is thrown. */
  insist(work: () => Promise<void>, goesOn: () => boolean): Promise<void>;
  /** Lets work go on behind an answered write; what is given never rejects. */
  goOn(work: Promise<void>): Promise<void>;
  /** As long as the store is open. */
  always(): boolean;
  /** As long as a caller may be kept waiting from now. */
  forAWhile(): () => boolean;
  /** Resolves when nothing goes on behind answered writes. */
  idle(): Promise<void>;
  /** Tries nothing again any more. */
  stop(): void;
}

interface Options {
  warn: (message: string) => void;
  monotonic: () => number;
  pause: (ms: number) => Promise<void>;
}

const callerMs = 5000;
const retryMs = 500;

export function createInsistence({ warn, monotonic, pause }: Options): Insistence {
  const behind = new Set<Promise<void>>();
  let stopped = false;
  return {
    async insist(work, goesOn) {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isUnavailable(error) || !goesOn()) throw error;
          await pause(retryMs);
        }
      }
    },
    goOn(work) {
      const ended = work.catch((error: unknown) => {
        if (!stopped) warn(`A unit of writes was left for later: ${String(error)}`);
      });
      behind.add(ended);
      ended.finally(() => behind.delete(ended));
      return ended;
    },
    always: () => !stopped,
    forAWhile() {
      const until = monotonic() + callerMs;
      return () => !stopped && monotonic() < until;
    },
    async idle() {
      while (behind.size > 0) await Promise.allSettled([...behind]);
    },
    stop() {
      stopped = true;
    },
  };
}
