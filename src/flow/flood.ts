import type { Clock } from '../clock.ts';

/** Tells whether so many come that taking them in must go before reading them. */
export interface Flood {
  /** One came. */
  came(): void;
  /** By how many came just now, and on a machine that is slower than they come by how many `wait` to be read. */
  isNow(wait: number): boolean;
}

/** More than so many within so many ms are a flood: three times what one number's worst hour brings. */
const flood = { posts: 250, withinMs: 250, waiting: 200 };

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
    isNow(wait) {
      roll();
      const justNow = Math.max(before, count);
      return justNow > flood.posts || (justNow > 0 && wait > flood.waiting);
    },
  };
}
