import type { AnyCollection } from '../../port.ts';

/** Keeps reads of this process apart from its units that are just being brought forward, collection by collection. */
export interface Steadiness {
  /** A unit begins to be seen in these collections; the result ends that. */
  enter(collections: Iterable<AnyCollection>): () => void;
  read<T>(from: AnyCollection, read: () => Promise<T>): Promise<T>;
}

interface Traffic {
  inside: number;
  /** Grows with every unit that begins. */
  count: number;
  waiting: (() => void)[];
}

/** A reader that meets ever new units is not kept waiting for longer than this many. */
const mostTries = 5;

export function createSteadiness(): Steadiness {
  const traffics = new Map<AnyCollection, Traffic>();
  const trafficOf = (from: AnyCollection): Traffic => {
    const traffic = traffics.get(from) ?? { inside: 0, count: 0, waiting: [] };
    traffics.set(from, traffic);
    return traffic;
  };
  const leave = (traffic: Traffic): void => {
    traffic.inside -= 1;
    if (traffic.inside > 0) return;
    for (const go of traffic.waiting.splice(0)) go();
  };
  const quiet = (traffic: Traffic): Promise<void> =>
    traffic.inside === 0 ? Promise.resolve() : new Promise((resolve) => traffic.waiting.push(resolve));
  return {
    enter(collections) {
      const entered = [...new Set(collections)].map(trafficOf);
      for (const traffic of entered) {
        traffic.inside += 1;
        traffic.count += 1;
      }
      return () => entered.forEach(leave);
    },
    async read(from, read) {
      const traffic = trafficOf(from);
      for (let tries = 1; ; tries += 1) {
        if (tries < mostTries) await quiet(traffic);
        const before = traffic.count;
        const result = await read();
        if (tries >= mostTries || (traffic.inside === 0 && traffic.count === before)) return result;
      }
    },
  };
}
