import { createHash } from 'node:crypto';

/** How long things take, in milliseconds; tests give shorter times. */
export interface Timing {
  /** Quiet time after which the server is asked for news again by itself (IDLE), while work waits for the store. */
  idleDelayMs: number;
  /** How often the folder is looked through although no news came. */
  pollMs: number;
  /** The same, where the server cannot tell news (no IDLE). */
  pollWithoutIdleMs: number;
  /** How long one IDLE lasts; below `silenceMs`, so that a dead link is noticed. */
  maxIdleMs: number;
  /** A connection on which nothing came for so long is given up. */
  silenceMs: number;
  /** How long the server may take to answer a small question. */
  answerMs: number;
  /** How long connecting and the greeting may each take. */
  connectMs: number;
  /** First and longest pause before connecting (or storing) is tried again. */
  retryMs: readonly [number, number];
  /** The same where trying again soon helps nothing, such as refused credentials. */
  slowRetryMs: readonly [number, number];
  /** How often mails that were left behind are tried again. */
  leftMs: number;
  /** How long the connection that files sent mails stays open without work. */
  sentIdleMs: number;
  /** The longest time that `start` and `stop` take. */
  startMs: number;
  stopMs: number;
}

export const usualTiming: Timing = {
  idleDelayMs: 500,
  pollMs: 60_000,
  pollWithoutIdleMs: 10_000,
  maxIdleMs: 90_000,
  silenceMs: 150_000,
  answerMs: 30_000,
  connectMs: 20_000,
  retryMs: [1000, 60_000],
  slowRetryMs: [60_000, 600_000],
  leftMs: 300_000,
  sentIdleMs: 60_000,
  startMs: 5000,
  stopMs: 5000,
};

/** From 0 to 1: differs from one mailbox and try to another, and is the same again. */
const spread = (key: string, tries: number): number =>
  (createHash('sha256').update(`${key} ${tries}`).digest()[0] ?? 0) / 255;

/**
 * The pause before try number `tries` (1 for the first repetition): doubled each time, and up to a fifth shorter by `key`,
 * so that many mailboxes do not all come back in the same moment.
 */
export function pauseBefore(tries: number, [first, longest]: readonly [number, number], key: string): number {
  const doubled = Math.min(longest, first * 2 ** Math.min(30, Math.max(0, tries - 1)));
  return doubled * (1 - spread(key, tries) / 5);
}
