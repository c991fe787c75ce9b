import type { Near } from './help.ts';
import { learnTrust, type Trial, type Trust } from './trust.ts';

/** One way to ask for an article, as numbers of length 1 (see `Embed`). */
export interface Placed {
  id: string;
  vector: Float32Array;
}

/** The ways to ask that are known, ready for questions. */
export interface Neighbours {
  /** The articles nearest to a question, best first. */
  near(vector: Float32Array): Near[];
}

const mostNear = 8;
/** So many ways to ask are tried for what nearness is worth, evenly chosen. */
const mostTrials = 200;

const likeness = (one: Float32Array, other: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
};

type Hides = (placed: Placed) => boolean;
const hidesNone: Hides = () => false;

interface Ranked {
  id: string;
  near: number;
}

/** The nearest way to ask of each article, nearest first. */
const rank = (all: readonly Placed[], vector: Float32Array, hides: Hides): Ranked[] => {
  const best = new Map<string, number>();
  for (const placed of all) {
    if (hides(placed)) continue;
    const near = likeness(placed.vector, vector);
    if (near > (best.get(placed.id) ?? -1)) best.set(placed.id, near);
  }
  return [...best].map(([id, near]) => ({ id, near })).sort((one, other) => other.near - one.near);
};

/** So often a question is expected that no article answers, for each one that has an answer: help is asked when in doubt. */
const unanswerable = 0.25;

const trial = (ranked: readonly Ranked[], right: string | null): Trial[] => {
  const [best, second] = ranked;
  if (best === undefined) return [];
  const weight = right === null ? unanswerable : 1;
  return [{ near: best.near, lead: best.near - (second?.near ?? 0), right: best.id === right, weight }];
};

/** Those that have another way to ask beside the one that is hidden. */
const withCompany = (all: readonly Placed[]): Set<string> => {
  const [seen, found] = [new Set<string>(), new Set<string>()];
  for (const { id } of all) (seen.has(id) ? found : seen).add(id);
  return found;
};

/** Asks each while it is hidden, and while its whole article is: then any answer is wrong. */
async function tryOut(all: readonly Placed[], pause: () => Promise<void>): Promise<Trial[]> {
  const stride = Math.max(1, all.length / mostTrials);
  const trials: Trial[] = [];
  const accompanied = withCompany(all);
  for (let next = 0; next < all.length; next += stride) {
    const asked = all[Math.floor(next)];
    if (asked === undefined) break;
    if (accompanied.has(asked.id))
      trials.push(
        ...trial(
          rank(all, asked.vector, (one) => one === asked),
          asked.id,
        ),
      );
    trials.push(
      ...trial(
        rank(all, asked.vector, ({ id }) => id === asked.id),
        null,
      ),
    );
    await pause();
  }
  return trials;
}

const withTrust = (ranked: readonly Ranked[], trust: Trust): Near[] =>
  ranked.slice(0, mostNear).map(({ id, near }, at) => {
    const rival = ranked[at === 0 ? 1 : 0]?.near ?? 0;
    return { id, likeness: trust(near, near - rival) };
  });

/** Makes a bank's ways to ask ready for questions; `pause` is awaited often, so that questions come between. */
export async function placeNeighbours(all: readonly Placed[], pause: () => Promise<void>): Promise<Neighbours> {
  const trust = learnTrust(await tryOut(all, pause));
  return { near: (vector) => withTrust(rank(all, vector, hidesNone), trust) };
}
