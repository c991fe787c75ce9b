import { addDuration, type Deadline } from '../calendar/business-time.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { confirmedCalendar } from '../calendar/confirmed.ts';
import { WaslError } from '../errors.ts';
import type { NamedCalendar, Sla } from '../organisation/organisation.ts';
import { chooseRow, type SlaFacts } from './choose-row.ts';

/** What a ticket is promised; null where the matrix promises nothing. */
export interface SlaPromise {
  firstResponse: Deadline | null;
  /** Until a department has it (WF-14). */
  routing: Deadline | null;
  resolution: Deadline | null;
}

function calendarOf(sla: Sla, calendars: readonly NamedCalendar[]): Calendar {
  const named = calendars.find(({ id }) => id === sla.calendarId);
  if (named !== undefined) return confirmedCalendar(named);
  throw new WaslError('invalid', `The SLA names the calendar "${sla.calendarId}", which does not exist: add it.`);
}

/**
 * The deadlines of a ticket opened at `openedAtMs`, each with its reckoning: each clock from the row that fits the facts
 * best among those that give it, on the matrix' calendar (unconfirmed proposed holidays do not count). Throws CalendarError, or WaslError `invalid` when
 * the calendar is missing.
 */
export function promise(
  sla: Sla,
  calendars: readonly NamedCalendar[],
  facts: SlaFacts,
  openedAtMs: number,
): SlaPromise {
  const calendar = calendarOf(sla, calendars);
  const deadline = (clock: 'firstResponse' | 'routing' | 'resolution'): Deadline | null => {
    const row = chooseRow(
      sla.rows.filter((one) => one[clock] !== undefined),
      facts,
    );
    const duration = row?.[clock];
    return duration === undefined ? null : addDuration(calendar, openedAtMs, duration);
  };
  return { firstResponse: deadline('firstResponse'), routing: deadline('routing'), resolution: deadline('resolution') };
}
