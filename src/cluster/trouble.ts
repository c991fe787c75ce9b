import type { Log } from '../channel/channel.ts';

/** Says once that something began to fail, and once that it works again, however often it is tried meanwhile. */
export interface Trouble {
  met(error: unknown): void;
  over(): void;
}

export function createTrouble(log: Log, words: { met: string; over: string }): Trouble {
  let isMet = false;
  return {
    met(error) {
      if (!isMet) log.warn({ err: error }, words.met);
      isMet = true;
    },
    over() {
      if (isMet) log.info({}, words.over);
      isMet = false;
    },
  };
}
