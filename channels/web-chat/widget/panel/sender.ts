import type { SendReply } from '../protocol.ts';
import type { Outgoing } from './thread.ts';

/** What becomes of a message after the server's word, or its silence. */
export type Outcome =
  | { kind: 'sent'; id: string }
  | { kind: 'refused'; message: string }
  | { kind: 'later'; afterMs: number; message: string };

const permanent: readonly string[] = ['invalid', 'forbidden', 'not-found', 'not-allowed', 'conflict', 'gone'];
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** The pause before the next try, after `tries` that failed. */
export const pauseAfter = (tries: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1));

/** Reads the server's reply; no reply at all (undefined) means: try again. `tries` counts this one. */
export function outcomeOf(reply: SendReply | undefined, tries: number): Outcome {
  if (!reply) return { kind: 'later', afterMs: pauseAfter(tries), message: '' };
  if ('id' in reply) return { kind: 'sent', id: reply.id };
  const { code, message, retryAfterMs } = reply.error;
  if (permanent.includes(code)) return { kind: 'refused', message };
  const afterMs = retryAfterMs ?? pauseAfter(tries);
  return { kind: 'later', afterMs, message: code === 'rate-limited' ? message : '' };
}

/** What the sender needs; all of it is given, so that it can be tried without a network or a clock. */
export interface SenderDeps {
  isConnected(): boolean;
  /** The next message that this tab is to send, if there is one. */
  next(): Outgoing | undefined;
  /** Sends once; undefined where no answer came in time. */
  emit(item: Outgoing): Promise<SendReply | undefined>;
  attempted(item: Outgoing): void;
  done(item: Outgoing, outcome: Outcome): void;
  after(ms: number, run: () => void): () => void;
}

export interface Sender {
  /** Sends what waits, one after the other; harmless to call at any time. */
  pump(): void;
  /** A new connection: what was waiting for an answer is sent again at once. A pause that the server asked for stays. */
  renew(): void;
}

/** Sends the outbox in order, one message in flight, each again and again until the server has it or refuses it. */
export function createSender(deps: SenderDeps): Sender {
  let isBusy = false;
  let tries = 0;
  let pause: { end(): void; isAsked: boolean } | undefined;

  const pauseFor = (ms: number, isAsked: boolean): void => {
    const cancel = deps.after(ms, () => {
      pause = undefined;
      pump();
    });
    pause = { end: cancel, isAsked };
  };

  async function send(item: Outgoing): Promise<void> {
    isBusy = true;
    deps.attempted(item);
    tries += 1;
    const outcome = outcomeOf(await deps.emit(item), tries);
    isBusy = false;
    if (outcome.kind === 'later') pauseFor(outcome.afterMs, outcome.message !== '');
    else tries = 0;
    deps.done(item, outcome);
    pump();
  }

  function pump(): void {
    if (isBusy || pause || !deps.isConnected()) return;
    const item = deps.next();
    if (item) void send(item);
  }

  return {
    pump,
    renew() {
      if (pause && !pause.isAsked) {
        pause.end();
        pause = undefined;
        tries = 0;
      }
      pump();
    },
  };
}
