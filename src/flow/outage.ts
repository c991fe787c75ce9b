import type { Log } from '../channel/channel.ts';
import { StoreError } from '../store/port.ts';

/** A store that cannot be reached: told once, however much fails by it, and once more when it is back. */
export interface Outage {
  /** Hears of failures as the flow's log does; what they tell is passed on, of an outage only the first. */
  readonly log: Log;
  /** Something failed that is told to whoever asked for it. */
  met(error: unknown): void;
  /** Why nothing can be kept at the moment; null while it can, as far as is known. */
  reason(): unknown;
  /** The store answered. */
  over(): void;
}

/** Whether something failed only because the store cannot be reached now. */
export const isUnreachable = (error: unknown): boolean =>
  (error instanceof StoreError && error.code === 'unavailable') ||
  (error instanceof Error && error.cause !== undefined && isUnreachable(error.cause));

export function createOutage(log: Log): Outage {
  let reason: unknown = null;
  const met = (error: unknown): void => {
    if (!isUnreachable(error)) return;
    if (reason === null) log.error({ err: error }, 'the store cannot be reached: what waits goes on once it is back');
    reason = error;
  };
  const tell =
    (level: 'warn' | 'error') =>
    (fields: object, message: string): void => {
      const err = 'err' in fields ? fields.err : undefined;
      if (isUnreachable(err)) met(err);
      else log[level](fields, message);
    };
  return {
    log: {
      debug: (fields, message) => log.debug(fields, message),
      info: (fields, message) => log.info(fields, message),
      warn: tell('warn'),
      error: tell('error'),
    },
    met,
    reason: () => reason,
    over() {
      if (reason !== null) log.info({}, 'the store is back');
      reason = null;
    },
  };
}
