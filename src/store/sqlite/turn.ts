import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longer than this, reads that follow each other may not hold up sockets and timers. */
const longestMs = 10;

/**
 * Reads end within their turn of the event loop, so a loop of them would let nothing else run. Gives a function to
 * call before each read: a promise to wait for where the turn has lasted too long, else null.
 */
export function createPauses(): () => Promise<unknown> | null {
  let began: number | null = null;
  return () => {
    if (began !== null) return performance.now() - began > longestMs ? nextTurn() : null;
    began = performance.now();
    setImmediate(() => {
      began = null;
    });
    return null;
  };
}
