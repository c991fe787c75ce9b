import { endingOf, type Life } from './life.ts';
import { sayable } from './log-safely.ts';
import type { SessionDeps } from './session.ts';

const lookEveryMs = 60_000;
const dayMs = 86_400_000;
const riyadhAheadMs = 3 * 3_600_000;

/** Milliseconds until the given hour at UTC+3 comes next. */
export function untilHour(now: number, hour: number): number {
  const past = (now + riyadhAheadMs) % dayMs;
  return (hour * 3_600_000 - past + dayMs) % dayMs || dayMs;
}

/**
 * Looks every minute whether the page still answers: many failures tell nothing by themselves. One look without an answer
 * may be a page that is busy; two in a row end the life. Gives what ends the looking.
 */
export function keepLooking({ clock, log, inboxId, look }: SessionDeps, life: Life): () => void {
  let failures = 0;
  let isOver = false;
  let cancel = (): void => undefined;
  const judge = (error: unknown): void => {
    failures += 1;
    log.warn({ inboxId, failures, error: sayable(error) }, 'the page of WhatsApp Web did not answer');
    const ending = endingOf(error) ?? (failures > 1 ? { reason: 'notAnswering' as const, error } : null);
    if (ending) life.end(ending);
  };
  const again = (): void => {
    if (isOver) return;
    cancel = clock.after(lookEveryMs, () => {
      const looked = life.isReady() ? look(life.client) : Promise.resolve();
      const well = (): void => {
        failures = 0;
      };
      void looked.then(well, judge).then(again);
    });
  };
  again();
  return () => {
    isOver = true;
    cancel();
  };
}

/** Ends the life at the quiet hour, since the browser grows. Gives what calls it off. */
export const restartDaily = ({ clock, restartHour, idle }: SessionDeps, life: Life): (() => void) =>
  clock.after(untilHour(clock.now(), restartHour), () => {
    const end = (): void => life.end({ reason: 'dailyRestart' });
    if (life.isReady()) void idle().then(end, end);
  });
