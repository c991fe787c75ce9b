/** Runs what concerns one inbox one after the other. */
export interface Lanes {
  run(id: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when what concerns this inbox so far is done, well or not. */
  rest(id: string): Promise<void>;
  idle(): Promise<unknown>;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run(id, work) {
      const done = (tails.get(id) ?? Promise.resolve()).then(work, work);
      tails.set(id, done);
      const forget = () => void (tails.get(id) === done && tails.delete(id));
      done.then(forget, forget);
      return done;
    },
    rest: async (id) => void (await tails.get(id)?.catch(() => undefined)),
    idle: () => Promise.allSettled(tails.values()),
  };
}
