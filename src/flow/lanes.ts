/**
 * Runs work one at a time within a lane and all lanes in parallel. A lane is gone as soon as nothing waits in it,
 * so memory follows the work in hand.
 */
export interface Lanes {
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
  /** Has the lane work, in hand or waiting? */
  has(lane: string): boolean;
  /** Resolves when no lane has work. */
  idle(): Promise<void>;
  readonly size: number;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  const run = <T>(lane: string, work: () => Promise<T>): Promise<T> => {
    const before = tails.get(lane);
    const result = before ? before.then(work, work) : work();
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
    tails.set(lane, tail);
    return result;
  };
  return {
    run,
    has: (lane) => tails.has(lane),
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
    get size() {
      return tails.size;
    },
  };
}
