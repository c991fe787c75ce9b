import type { Calendar, Week } from '../calendar/calendar.ts';
import type { Duration } from './duration.ts';
import type { NamedCalendar, Sla } from './organisation.ts';

const opens = (week: Week): boolean => Object.values(week).some((intervals) => intervals.length > 0);

/** Whether a calendar has an opening hour at all. */
const hasHours = ({ week, ranges = [], exceptions = [] }: Calendar): boolean =>
  opens(week) || ranges.some((range) => opens(range.week)) || exceptions.some(({ intervals }) => intervals.length > 0);

const isBusiness = (duration: Duration | undefined): boolean => duration?.unit.startsWith('business_') ?? false;

const sentence = (id: string): string =>
  `The calendar "${id}" has no open hours, and what is promised in business time runs on it: give it opening hours, or promise in hours.`;

/**
 * Why nothing could be promised on the matrix's calendar: it never opens, and a row promises in working time. Null where it
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
