import { z } from 'zod';
import type { Log } from '../channel/channel.ts';
import type { Clock } from '../clock.ts';
import { createTrouble } from './trouble.ts';

export interface BatchesOptions {
  /** Sends the JSON of a list of [topic, payload]. */
  send: (said: string) => Promise<void>;
  clock: Clock;
  log: Log;
  /** At least so long (ms) from the end of one sending to the next. */
  pauseMs: number;
}

export interface Batches {
  publish(topic: string, payload: unknown): void;
  /** Sends what waits, if it can, and takes nothing more. */
  stop(): Promise<void>;
}

/** What a batch is, for who reads it. */
export const batch = z.array(z.tuple([z.string(), z.unknown()]));

/** The largest payload, and about the largest batch (characters of JSON). */
const most = 1024 * 1024;
/** What may wait while the other end is slow; beyond it the newest is dropped. */
const mostWaiting = 16 * most;

/** As many of the first as fit into one batch; at least one. */
function takeBatch(waiting: string[]): string[] {
  let size = 0;
  let count = 0;
  for (const one of waiting) {
    size += one.length;
    if (count > 0 && size > most) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

/**
 * Sends what is said in one turn of the event loop together, one batch after another, so that order is kept. What cannot be
 * sent is dropped: words on the bus are worth nothing later.
 */
export function createBatches({ send, clock, log, pauseMs }: BatchesOptions): Batches {
  let waiting: string[] = [];
  let size = 0;
  let isStopped = false;
  let sending: Promise<void> | null = null;
  const stopping = Promise.withResolvers<void>();
  const pause = (): Promise<void> =>
    Promise.race([stopping.promise, new Promise<void>((resolve) => clock.after(pauseMs, resolve))]);
  const trouble = createTrouble(log, {
    met: 'other processes cannot be told anything now; what is said meanwhile is dropped',
    over: 'other processes can be told again',
  });
  const sendAll = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      try {
        await send(`[${takeBatch(waiting).join(',')}]`);
        trouble.over();
      } catch (error) {
        trouble.met(error);
        waiting = [];
      }
      size = waiting.reduce((sum, one) => sum + one.length, 0);
      if (pauseMs > 0) await pause();
    }
    sending = null;
  };
  return {
    publish(topic, payload) {
      if (isStopped) return;
      const json = JSON.stringify([topic, payload ?? null]);
      if (json.length > most) {
        log.error({ topic, size: json.length }, 'something was too large to tell other processes');
        return;
      }
      if (size + json.length > mostWaiting) {
        trouble.met(new Error('More waits to be told than can be.'));
        return;
      }
      size += json.length;
      waiting.push(json);
      sending ??= sendAll();
    },
    async stop() {
      isStopped = true;
      stopping.resolve();
      await sending;
    },
  };
}
