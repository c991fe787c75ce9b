import type { Clock } from '../../src/clock.ts';

/** Time that stands still until the test moves it; timers fire when it passes them. */
export interface FakeClock extends Clock {
  set(ms: number): void;
  advance(ms: number): void;
}

export function createFakeClock(start: string): FakeClock {
  let now = Date.parse(start);
  let timers: { at: number; run: () => void }[] = [];
  const set = (to: number): void => {
    for (;;) {
      const next = timers.filter((timer) => timer.at <= to).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.run();
    }
    now = to;
  };
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    set,
    advance: (ms) => set(now + ms),
  };
}
