import type { ChannelDeps, Sink } from '../../src/channel/channel.ts';
import type { GivenEvent } from '../../src/channel/inbound.ts';
import { pause } from '../../src/channel/wait.ts';
import { sayable } from './log-safely.ts';

export interface IntakeDeps {
  inboxId: string;
  sink: Pick<Sink, 'receive'>;
  clock: ChannelDeps['clock'];
  log: ChannelDeps['log'];
  count: ChannelDeps['count'];
  signal: AbortSignal;
}

/** Makes the events of something that happened; null where it is nothing for Wasl. May ask the page. */
type Make = () => Promise<GivenEvent | null>;

export interface Intake {
  /** Stores what a live event says, after all that came before it in its chat; tries until it is stored. `done` comes then. */
  take(chat: string, make: Make, done?: () => void): Promise<void>;
  /** Tries once to store it, in its place; rejects where that failed. Gives whether it had been stored before. */
  takeOnce(chat: string, make: Make, done?: () => void): Promise<boolean>;
}

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

const isRefused = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'invalid';

/** Hands events to the core: those of one chat in their order, those of different chats at the same time. */
export function createIntake({ inboxId, sink, clock, log, count, signal }: IntakeDeps): Intake {
  const lanes = new Map<string, Promise<unknown>>();

  const queue = <T>(chat: string, work: () => Promise<T>): Promise<T> => {
    const done = (lanes.get(chat) ?? Promise.resolve()).then(work);
    const tail: Promise<unknown> = done
      .catch(() => undefined)
      .then(() => lanes.get(chat) === tail && lanes.delete(chat));
    lanes.set(chat, tail);
    return done;
  };

  /** What the core finds wrong is not tried again: it would be wrong for ever. */
  const store = async (event: GivenEvent): Promise<boolean> => {
    try {
      const { duplicate } = await sink.receive(event);
      count(duplicate ? 'duplicate' : 'taken');
      return duplicate;
    } catch (error) {
      count('not-taken');
      if (!isRefused(error)) throw error;
      log.error({ inboxId, event: event.event, error: sayable(error) }, 'the core refused what WhatsApp Web told');
      return false;
    }
  };

  const insist = async (event: GivenEvent): Promise<void> => {
    for (let tries = 0; !signal.aborted; tries += 1) {
      try {
        await store(event);
        return;
      } catch (error) {
        log.error({ inboxId, tries, error: sayable(error) }, 'a message could not be stored, it is tried again');
      }
      await pause(clock, Math.min(firstPauseMs * 2 ** tries, longestPauseMs), signal);
    }
  };

  return {
    take: (chat, make, done) =>
      queue(chat, async () => {
        const event = await make();
        if (event) await insist(event);
        if (!signal.aborted) done?.();
      }).catch((error: unknown) =>
        log.error({ inboxId, error: sayable(error) }, 'what WhatsApp Web told could not be read'),
      ),
    takeOnce: (chat, make, done) =>
      queue(chat, async () => {
        const event = await make();
        const wasKnown = event ? await store(event) : true;
        done?.();
        return wasKnown;
      }),
  };
}
