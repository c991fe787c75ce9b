import type { Clock } from '../clock.ts';

/** When a beat was begun, by both clocks (ms). */
export interface Beat {
  steady: number;
  wall: number;
}

/** How long ago the last beat that reached the store was begun. */
export interface Pulse {
  now(): Beat;
  reached(beat: Beat): void;
  silentMs(): number;
}

/**
 * The clock that nobody sets stands still while a machine sleeps, and the other may be set: the one by which more time has
 * passed is believed, which costs a beat too many at worst.
 */
export function createPulse(clock: Clock, monotonic: () => number): Pulse {
  let last: Beat = { steady: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };
  return {
    now: () => ({ steady: monotonic(), wall: clock.now() }),
    reached(beat) {
      last = beat;
    },
    silentMs: () => Math.max(monotonic() - last.steady, clock.now() - last.wall),
  };
}
