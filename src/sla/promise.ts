import { addDuration, type Deadline } from '../calendar/business-time.ts';
import type { NamedCalendar, Sla } from '../organisation/organisation.ts';
import type { ClockName } from '../ticket/changes.ts';
import type { SlaFacts } from './choose-row.ts';
import { orNull } from './clocks.ts';
import { promisedBy } from './promised-by.ts';
import { workingCalendar } from './working-calendar.ts';

/** What a ticket is promised; null where the matrix promises nothing, or the calendar has no open time for it. */
export type SlaPromise = Readonly<Record<ClockName, Deadline | null>>;

/**
 * The deadlines of a ticket opened at `openedAtMs`, each with its reckoning: each clock from the row that fits the facts
 * best among those that give it, on the matrix' calendar (unconfirmed proposed holidays do not count). Throws `invalid` when
 * the calendar is missing.
 */
export function promise(
  sla: Sla,
  calendars: readonly NamedCalendar[],
  facts: SlaFacts,
  openedAtMs: number,
): SlaPromise {
  const calendar = workingCalendar({ sla, calendars });
  const promised = promisedBy(sla, facts);
  const deadline = (clock: ClockName): Deadline | null => {
    const duration = promised[clock];
    return duration && orNull(() => addDuration(calendar, openedAtMs, duration));
  };
  return { firstResponse: deadline('firstResponse'), routing: deadline('routing'), resolution: deadline('resolution') };
}
