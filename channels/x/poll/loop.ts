import type { ChannelDeps } from '../../../src/channel/channel.ts';
import { pause } from '../../../src/channel/wait.ts';
import { createBackoff } from './backoff.ts';

/** How the last reading ended. */
export interface Health {
  is: 'starting' | 'well' | 'failing' | 'paused';
  error: unknown;
}

export interface LoopOptions {
  /** One reading; rejects where it must be tried again. */
  read(signal: AbortSignal): Promise<void>;
  /** Ms until the next reading after one that went well; null while nothing may be read. */
  nextMs(): number | null;
  failed(error: unknown): void;
  clock: ChannelDeps['clock'];
}

/** Reads again and again, one reading after the other, never two at once. */
export interface Loop {
  start(): void;
  /** Ends after what is being stored, within seconds. */
  stop(): Promise<void>;
  health(): Health;
}

/** While nothing may be read, it is looked so often whether it may again. */
const lookMs = 60_000;
const stopMs = 5_000;

interface Turns {
  /** One reading; gives how long to wait for the next one, in ms. Never rejects. */
  once(signal: AbortSignal): Promise<number>;
  health(): Health;
}

function createTurns({ read, nextMs, failed }: LoopOptions): Turns {
  const backoff = createBackoff();
  let health: Health = { is: 'starting', error: null };
  return {
    async once(signal) {
      if (nextMs() === null) {
        health = { is: 'paused', error: null };
        return lookMs;
      }
      try {
        await read(signal);
        backoff.reset();
        health = { is: 'well', error: null };
        return nextMs() ?? lookMs;
      } catch (error) {
        if (signal.aborted) return 0;
        health = { is: 'failing', error };
        failed(error);
        return backoff.after(error);
      }
    },
    health: () => health,
  };
}

export function createLoop(options: LoopOptions): Loop {
  const { clock } = options;
  const { once, health } = createTurns(options);
  let abort: AbortController | null = null;
  let running: Promise<void> = Promise.resolve();

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await pause(clock, await once(signal), signal);
  }

  return {
    start() {
      if (abort) return;
      abort = new AbortController();
      const { signal } = abort;
      running = running.then(() => run(signal));
    },
    async stop() {
      abort?.abort();
      abort = null;
      const bound = new AbortController();
      await Promise.race([running, pause(clock, stopMs, bound.signal)]);
      bound.abort();
    },
    health,
  };
}
