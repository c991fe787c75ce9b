import { SendError } from '../../../src/channel/send-error.ts';

/** From the first wait to the longest, doubled each time; in ms. */
interface Waits {
  first: number;
  most: number;
}

/** As X asks of those who read from it: soon after a cut line, slower after a refusal. */
const network: Waits = { first: 250, most: 16_000 };
const answered: Waits = { first: 5_000, most: 320_000 };
const throttled: Waits = { first: 60_000, most: 900_000 };
/** What people must put right; it is looked again whether they have. */
const refused: Waits = { first: 300_000, most: 900_000 };

const waitsFor = (error: unknown): Waits => {
  if (!(error instanceof SendError)) return answered;
  if (error.code === 'unreachable' || error.code === 'timed-out') return network;
  if (error.code === 'throttled') return throttled;
  return error.code === 'config-invalid' || error.code === 'rejected' ? refused : answered;
};

/** How long to wait after each failure; failures of another sort begin anew. */
export interface Backoff {
  /** Ms until the next try. */
  after(error: unknown): number;
  /** It went well again. */
  reset(): void;
}

export function createBackoff(): Backoff {
  let last: Waits | null = null;
  let wait = 0;
  return {
    after(error) {
      const waits = waitsFor(error);
      wait = waits === last ? Math.min(2 * wait, waits.most) : waits.first;
      last = waits;
      const told = error instanceof SendError ? error.retryAfterMs : undefined;
      return told === undefined ? wait : Math.max(told, 1_000);
    },
    reset() {
      last = null;
    },
  };
}
