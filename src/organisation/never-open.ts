import type { Calendar, Week } from '../calendar/calendar.ts';
import type { Duration } from './duration.ts';
import type { NamedCalendar, Sla } from './organisation.ts';

const opens = (week: Week): boolean => Object.values(week).some((intervals) => intervals.length > 0);

/** Whether a calendar has hours that go on: behind the last date that it names its week decides alone. */
const hasHours = ({ week }: Calendar): boolean => opens(week);

const isBusiness = (duration: Duration | undefined): boolean => duration?.unit.startsWith('business_') ?? false;

const sentence = (id: string): string =>
  `The calendar "${id}" has no open hours in its week, so that nothing can be promised behind the last date that it names: give its week opening hours, or promise in hours.`;

/**
 * Why nothing could be promised on the matrix's calendar: it opens on named dates at most, and a row promises in working time. Null where it
 * can be, and where there is no such calendar. Pure.
 */
export function neverOpenFault({ sla, calendars }: { sla: Sla; calendars: readonly NamedCalendar[] }): string | null {
  const named = calendars.find(({ id }) => id === sla.calendarId);
  if (!named || hasHours(named.calendar)) return null;
  const isOnIt = sla.rows.some(({ firstResponse, routing, resolution }) =>
    [firstResponse, routing, resolution].some(isBusiness),
  );
  return isOnIt ? sentence(named.id) : null;
}
