import type { ChannelDeps, Log } from '../../../src/channel/channel.ts';
import { pause } from '../../../src/channel/wait.ts';
import { pauseBefore, type Timing } from './timing.ts';

/** That the mailbox is being stopped while something was still waited for. */
export class Stopped extends Error {}

export interface RetryDeps {
  clock: ChannelDeps['clock'];
  timing: Timing;
  log: Log;
  signal: AbortSignal;
  /** Tells this mailbox from others, so that their pauses differ. */
  key: string;
  /** Told what storing waits for; null once it works again. */
  held(reason: string | null): void;
}

/** Waits before another try; rejects with `Stopped` if the mailbox is stopped. */
export async function pauseOrStop(
  deps: Pick<RetryDeps, 'clock' | 'timing' | 'signal' | 'key'>,
  tries: number,
): Promise<void> {
  await pause(deps.clock, pauseBefore(tries, deps.timing.retryMs, deps.key), deps.signal);
  if (deps.signal.aborted) throw new Stopped();
}

export type Insist = <T>(store: () => Promise<T>) => Promise<T>;

/** Makes a function that tries to store something until it works, with pauses that grow. Tries at least once; rejects only with `Stopped`. */
export function createInsist({ clock, timing, log, signal, key, held }: RetryDeps): Insist {
  return async (store) => {
    for (let tries = 1; ; tries += 1) {
      try {
        const stored = await store();
        if (tries > 1) held(null);
        return stored;
      } catch (error) {
        held('Mails wait in the mailbox: storing them is not possible at the moment.');
        log.warn({ tries, err: error }, 'mails could not be stored, they are tried again');
      }
      await pauseOrStop({ clock, timing, signal, key }, tries);
    }
  };
}
