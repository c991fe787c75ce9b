import type { Clock } from '../clock.ts';

/** Tells whether so many come that taking them in must go before reading them. */
export interface Flood {
  /** One came. */
  came(): void;
  isNow(): boolean;
}

/** More than so many within so many ms are a flood: three times what one number's worst hour brings. */
const flood = { posts: 250, withinMs: 250 };

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
    isNow() {
      roll();
      return Math.max(before, count) > flood.posts;
    },
  };
}
