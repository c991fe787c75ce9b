import { StoreError } from '../../port.ts';

/** Work on the same things is done in turn, other work side by side. */
export interface Lanes {
  /**
   * Does the work once all that came before it on any of the keys is done.
   * @throws StoreError `unavailable` where its turn does not come in time; then nothing was done.
   */
  run<T>(keys: Iterable<string>, work: () => Promise<T>): Promise<T>;
}

interface Turn {
  keys: readonly string[];
  start(): void;
}

const late = (): StoreError =>
  new StoreError('unavailable', 'Earlier changes of the same documents have not ended yet: nothing was changed.');

/**
 * Lanes of this process. Work enters all its lanes at once and in the order of its coming, so that none waits for another in a
 * circle.
 */
export function createLanes(patienceMs: number): Lanes {
  const queues = new Map<string, Turn[]>();
  const isFirst = (turn: Turn): boolean => turn.keys.every((key) => queues.get(key)?.[0] === turn);

  const enter = (turn: Turn): void => {
    for (const key of turn.keys) {
      const queue = queues.get(key);
      if (queue) queue.push(turn);
      else queues.set(key, [turn]);
    }
  };
  const leave = (turn: Turn): void => {
    const next = new Set<Turn>();
    for (const key of turn.keys) {
      const queue = (queues.get(key) ?? []).filter((each) => each !== turn);
      if (queue[0]) next.add(queue[0]);
      if (queue.length > 0) queues.set(key, queue);
      else queues.delete(key);
    }
    for (const each of next) if (isFirst(each)) each.start();
  };
  const waitFor = (turn: Turn): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        leave(turn);
        reject(late());
      }, patienceMs);
      turn.start = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    async run(keys, work) {
      const turn: Turn = { keys: [...new Set(keys)], start: () => undefined };
      enter(turn);
      if (!isFirst(turn)) await waitFor(turn);
      try {
        return await work();
      } finally {
        leave(turn);
      }
    },
  };
}
