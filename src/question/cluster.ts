import { mostNeighbours, type Neighbours } from './neighbours.ts';

/** Two clusters become one while their members are on average so much alike. */
const leastLikeness = 0.16;

/** Clusters that still may become one; `links` are the sums of the likenesses between the members of two. */
interface State {
  links: Neighbours;
  sizes: number[];
  /** The cluster that each one went into; its own number while it stands. */
  into: number[];
}

/** The average likeness of two clusters. Only so many neighbours of each member are known, so no more are expected. */
const average = ({ links, sizes }: State, one: number, other: number): number => {
  const [size, otherSize] = [sizes[one] ?? 1, sizes[other] ?? 1];
  const pairs = Math.min(size, otherSize) * Math.min(Math.max(size, otherSize), mostNeighbours);
  return (links[one]?.get(other) ?? 0) / pairs;
};

/** The cluster that is most like one; the one before it in the chain where that is as near. Null where none is near enough. */
function nearest(state: State, one: number, before: number | undefined): number | null {
  let found: number | null = null;
  let most = leastLikeness;
  for (const other of state.links[one]?.keys() ?? []) {
    const likeness = average(state, one, other);
    const isBetter = likeness > most || (likeness === most && (found === null || other < found));
    if (isBetter) {
      found = other;
      most = likeness;
    }
  }
  return before !== undefined && found !== null && average(state, one, before) === most ? before : found;
}

/** Puts cluster `from` into cluster `to`. */
function merge({ links, sizes, into }: State, from: number, to: number): void {
  const [gone, kept] = [links[from], links[to]];
  if (!gone || !kept) return;
  for (const [other, sum] of gone) {
    links[other]?.delete(from);
    if (other === to) continue;
    const together = sum + (kept.get(other) ?? 0);
    kept.set(other, together);
    links[other]?.set(to, together);
  }
  gone.clear();
  sizes[to] = (sizes[to] ?? 0) + (sizes[from] ?? 0);
  into[from] = to;
}

/** Nothing is near it any more: others need not look at it either. */
function settle({ links }: State, one: number): void {
  for (const other of links[one]?.keys() ?? []) links[other]?.delete(one);
  links[one]?.clear();
}

const homeOf = (into: readonly number[], one: number): number => {
  let home = one;
  while (into[home] !== home) home = into[home] ?? home;
  return home;
};

/** One step at the end of a chain: it grows, its last two become one, or its last stands alone from now on. */
function step(state: State, chain: number[], last: number): void {
  const before = chain.at(-2);
  const next = nearest(state, last, before);
  if (next === null) {
    settle(state, last);
    chain.pop();
  } else if (next === before) {
    const [kept, gone] = last < next ? [last, next] : [next, last];
    chain.splice(-2);
    merge(state, gone, kept);
    if (chain.length === 0) chain.push(kept);
  } else chain.push(next);
}

/**
 * Clusters by average likeness, the nearest first, found along chains of nearest neighbours (Murtagh 1983): gives for each
 * one the number of its cluster. `near` is used up. Yields between steps.
 */
export function* cluster(near: Neighbours): Generator<void, number[]> {
  const state: State = { links: near, sizes: near.map(() => 1), into: near.map((_, at) => at) };
  for (const start of near.keys()) {
    const chain = state.into[start] === start ? [start] : [];
    for (let last = chain.at(-1); last !== undefined; last = chain.at(-1)) {
      step(state, chain, last);
      yield;
    }
  }
  return near.map((_, at) => homeOf(state.into, at));
}
