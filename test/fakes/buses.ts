import type { Bus } from '../../src/cluster/bus.ts';

/** The buses of several processes in one, joined: plain JSON, in order, at another turn of the event loop. */
export interface Buses {
  buses: readonly Bus[];
  /** From now on nothing comes from or to a process, as if it were dead; what is said meanwhile is lost. */
  cut(at: number): void;
  /** It can be reached again. */
  mend(at: number): void;
  /** What is told to a process waits from now on, as if it were paused. */
  hold(at: number): void;
  /** What waited comes, in order, and what is told from now on. */
  release(at: number): void;
  /** What was published, by topic, the oldest first. */
  readonly said: readonly { by: number; topic: string; payload: unknown }[];
}

type Listener = (payload: unknown) => void;

interface End {
  listeners: Map<string, Set<Listener>>;
  isCut: boolean;
  held: (() => void)[] | null;
}

export function joinBuses(count: number): Buses {
  const said: Buses['said'][number][] = [];
  const ends: End[] = Array.from({ length: count }, () => ({ listeners: new Map(), isCut: false, held: null }));
  const bring = (end: End, topic: string, text: string): void => {
    const hand = (): void => {
      for (const listener of [...(end.listeners.get(topic) ?? [])]) listener(JSON.parse(text));
    };
    setImmediate(() => {
      if (end.isCut) return;
      if (end.held) end.held.push(hand);
      else hand();
    });
  };
  const busAt = (by: number): Bus => ({
    publish(topic, payload) {
      if (ends[by]?.isCut) return;
      const text = JSON.stringify(payload);
      said.push({ by, topic, payload: JSON.parse(text) });
      for (const [at, end] of ends.entries()) if (at !== by) bring(end, topic, text);
    },
    subscribe(topic, listener) {
      const listeners = ends[by]?.listeners.get(topic) ?? new Set();
      ends[by]?.listeners.set(topic, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
  });
  const change = (at: number, set: Partial<End>): void => void Object.assign(ends[at] ?? {}, set);
  return {
    said,
    buses: ends.map((_, at) => busAt(at)),
    cut: (at) => change(at, { isCut: true }),
    mend: (at) => change(at, { isCut: false }),
    hold: (at) => change(at, { held: [] }),
    release(at) {
      const held = ends[at]?.held ?? [];
      change(at, { held: null });
      for (const hand of held) hand();
    },
  };
}
