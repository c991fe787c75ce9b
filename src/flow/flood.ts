import type { Clock } from '../clock.ts';

/** Tells how much reading there may be beside what comes in: the more comes, the less, but never none. */
export interface Flood {
  /** A post came. */
  came(): void;
  /** How many posts may be read at a time, where so many wait. */
  readers(waiting: number): number;
}

/** More than so many within so many ms are a flood: three times what one number's worst hour brings. */
const flood = { posts: 250, withinMs: 250 };
/** More than so many that wait, while more come, are a backlog: on a slow machine it is there before the flood. */
const backlog = 200;
/** In a calm enough to share what making events durable costs; in a backlog enough to get out of it. */
const readers = { calm: 16, backlog: 4, flood: 1 };

export function createFlood(clock: Pick<Clock, 'now'>): Flood {
  let since = 0;
  let count = 0;
  let before = 0;
  const roll = (): void => {
    const past = clock.now() - since;
    if (past < flood.withinMs) return;
    before = past < 2 * flood.withinMs ? count : 0;
    count = 0;
    since += past;
  };
  return {
    came() {
      roll();
      count += 1;
    },
    readers(waiting) {
      roll();
      const justNow = Math.max(before, count);
      if (justNow > flood.posts) return readers.flood;
      return justNow > 0 && waiting > backlog ? readers.backlog : readers.calm;
    },
  };
}
