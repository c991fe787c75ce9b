import { afterOpenTime } from '../calendar/due.ts';
import { orNull, runsOn } from './clocks.ts';
import { type Promising, workingCalendar } from './working-calendar.ts';

/** Whether what the matrix promises in working time can be told from an instant (ms) on: false where its calendar has no open time ahead. */
export function canPromise(organisation: Promising, fromMs: number): boolean {
  const calendar = workingCalendar(organisation);
  const durations = organisation.sla.rows.flatMap((row) => [row.firstResponse, row.routing, row.resolution]);
  const isOnCalendar = durations.some((one) => one && runsOn(one, calendar));
  return !isOnCalendar || orNull(() => afterOpenTime(calendar, fromMs, 0)) !== null;
}
