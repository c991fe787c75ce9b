import type { Calendar } from '../calendar/calendar.ts';
import { confirmedCalendar } from '../calendar/confirmed.ts';
import { WaslError } from '../errors.ts';
import type { NamedCalendar, Sla } from '../organisation/organisation.ts';

/** What promises are counted with. */
export interface Promising {
  sla: Sla;
  calendars: readonly NamedCalendar[];
}

/** The calendar on which promised times run; the same object as long as the setting stands. Throws `invalid` where the SLA names none that there is. */
export function workingCalendar({ sla, calendars }: Promising): Calendar {
  const named = calendars.find(({ id }) => id === sla.calendarId);
  if (named !== undefined) return confirmedCalendar(named);
  throw new WaslError('invalid', `The SLA names the calendar "${sla.calendarId}", which does not exist: add it.`);
}
