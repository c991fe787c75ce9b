import { iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { type Arrival, arrivals } from '../message/arrival.ts';
import type { FlowDeps } from './deps.ts';
import type { Owning } from './owning.ts';
import type { Post } from './read-arrival.ts';
import type { Reading } from './reading.ts';

/** Keeps what one sender says in several posts in its order, whatever processes have them. */
export interface InOrder {
  /**
   * Begins to read a post when nothing earlier of its senders is unread: neither elsewhere, as long as its process lives, nor
   * here. Rejects where its reading is over before.
   */
  turn<T>(post: Post, reading: Reading, read: () => Promise<T>): Promise<T>;
  /** A post is in hand no more. */
  forget(id: string): void;
  /** Nobody waits any longer: to be called once all reading is over. */
  stop(): void;
}

type Deps = Pick<FlowDeps, 'store' | 'clock' | 'members'>;

/** So many earlier ones are looked at, the nearest first: before one that was begun others were looked at. */
const mostBefore = 50;
/** Of so many senders together. */
const mostSenders = 150;
/** How long to wait for another process before it is asked again, in ms: twice as long each time, up to the most. */
const waitMs = { first: 25, most: 400 };

const isBefore = (one: Post, other: Post): boolean => {
  if (one.at !== other.at) return one.at < other.at;
  return one.seq === other.seq ? one.id < other.id : one.seq < other.seq;
};

/** The earlier posts of the same senders that are due to be read, in their order. */
async function earlier({ store, clock }: Deps, post: Post): Promise<Arrival[]> {
  const { senders = [], at } = post;
  const now = iso(clock.now());
  const found = new Map<string, Arrival>();
  for (let from = 0; from < senders.length; from += mostSenders) {
    const where = { senders: { in: senders.slice(from, from + mostSenders) }, at: { lte: at } };
    const page = await store.find(arrivals, { index: 'by-sender', where, order: 'desc', limit: mostBefore });
    for (const one of page.items) found.set(one.id, one);
  }
  const due = [...found.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= (now > at ? now : at));
  return due.filter((one) => isBefore(one, post)).sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

/** `readFirst` takes up a post that is ours before all others. */
export function createInOrder(deps: Deps, owning: Owning, readFirst: (post: Post) => void): InOrder {
  /** Posts of ours whose turn has come. */
  const begun = new Set<string>();
  /** Those that wait for it. */
  const coming = new Map<string, Promise<void>>();

  const waits = new Set<() => void>();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        waits.delete(wake);
        resolve();
      };
      const cancel = deps.clock.after(ms, wake);
      waits.add(wake);
    });
  const waitFor = async (before: readonly Arrival[], ms: number): Promise<void> => {
    const own = before.findLast(({ id }) => coming.has(id));
    if (own) return coming.get(own.id);
    for (const one of before) {
      const ours = owning.isOurs(one) ? one : await owning.seize(one);
      if (ours) readFirst(ours);
    }
    await pause(ms);
  };
  const come = async (post: Post, reading: Reading): Promise<void> => {
    for (let ms = waitMs.first; ; ms = Math.min(ms * 2, waitMs.most)) {
      if (reading.isOver()) throw new WaslError('unavailable', 'It is read at the next start.');
      const before = (await earlier(deps, post)).filter(({ id }) => !begun.has(id));
      if (before.length === 0) return;
      reading.waiting += 1;
      reading.moved();
      await waitFor(before, ms).finally(() => (reading.waiting -= 1));
    }
  };
  return {
    async turn(post, reading, read) {
      if (!post.senders) return read();
      let came = (): void => undefined;
      coming.set(post.id, new Promise((resolve) => (came = resolve)));
      try {
        await come(post, reading);
        begun.add(post.id);
        // whoever waits for this one may come once it is at the doors of its senders
        return read();
      } finally {
        coming.delete(post.id);
        came();
      }
    },
    forget: (id) => void begun.delete(id),
    stop() {
      for (const wake of [...waits]) wake();
    },
  };
}
