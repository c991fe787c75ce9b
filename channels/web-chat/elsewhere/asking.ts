import type { ChannelDeps } from '../../../src/channel/channel.ts';
import type { WordOf } from './words.ts';

/** So long the others have to say whether a visitor is with them; one that died does not hold up a conversation longer. */
export const answerWithinMs = 2_000;

/** Questions to all others: the first yes counts, else the noes of all, else the end of the time, as a no. */
export interface Asking {
  /** Asks so many others; `publish` asks the question under the id that it is given. */
  ask(others: number, publish: (id: string) => void): Promise<boolean>;
  hear(word: WordOf<'answer'>, from: string): void;
  /** Resolves once nothing is open any more. */
  settled(): Promise<void>;
}

export function createAsking(self: string, clock: ChannelDeps['clock']): Asking {
  const open = new Map<string, (has: boolean, from: string) => void>();
  const pending = new Set<Promise<boolean>>();
  let asked = 0;
  const begin = (id: string, others: number): Promise<boolean> =>
    new Promise((resolve) => {
      const without = new Set<string>();
      const end = (has: boolean): void => {
        cancel();
        open.delete(id);
        resolve(has);
      };
      const cancel = clock.after(answerWithinMs, () => end(false));
      open.set(id, (has, from) => {
        if (has) end(true);
        else if (without.add(from).size >= others) end(false);
      });
    });
  return {
    async ask(others, publish) {
      const id = `${self} ${++asked}`;
      // one who has begun a moment ago may not be counted yet: it hears of it all the same
      const answer = others > 0 ? begin(id, others) : Promise.resolve(false);
      pending.add(answer);
      publish(id);
      return answer.finally(() => pending.delete(answer));
    },
    hear: ({ ask, has }, from) => open.get(ask)?.(has, from),
    settled: async () => void (await Promise.all(pending)),
  };
}
