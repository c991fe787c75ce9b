import type { Calendar } from '../calendar/calendar.ts';
import { confirmedCalendar } from '../calendar/confirmed.ts';
import { dateOf, dayNumberAt, timelineOf } from '../calendar/timeline.ts';
import { dayMs, isoOf, zoneOf } from '../calendar/zone.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { workingZone } from '../organisation/working-zone.ts';

/** By what days and working time are counted: the zone of the office, and the calendar of the promises. */
export interface Office {
  timeZone: string;
  /** Null where the setting names a calendar that is not there: then working time is not counted. */
  calendar: Calendar | null;
}

export function officeOf(organisation: Pick<OrganisationSnapshot, 'organisation' | 'calendars' | 'sla'>): Office {
  const named = organisation.calendars.find(({ id }) => id === organisation.sla.calendarId);
  return { timeZone: workingZone(organisation), calendar: named ? confirmedCalendar(named) : null };
}

/** The local date (YYYY-MM-DD) of an instant. */
export const dayAt = (timeZone: string, ms: number): string => dateOf(Math.floor(zoneOf(timeZone).wallAt(ms) / dayMs));

const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The date that comes `days` after another; before it where negative. */
export const dayAfter = (day: string, days: number): string => isoOf(midnightOf(day) + days * dayMs).slice(0, 10);

/** The instant (ms) at which a local clock time, such as 08:00, comes on a date; where the clock skips it, the next there is. */
export function instantAt(timeZone: string, day: string, clock = '00:00'): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  const wall = midnightOf(day) + (Number(hours) * 60 + Number(minutes)) * 60_000;
  return zoneOf(timeZone).instantsOf(wall, wall + dayMs)[0]?.from ?? wall;
}

/** Open time of a calendar from one instant to before another, in whole ms. Throws CalendarError too-far. */
export function openMsBetween(calendar: Calendar, fromMs: number, toMs: number): number {
  const timeline = timelineOf(calendar);
  let sum = 0;
  for (let number = dayNumberAt(timeline, fromMs); number <= dayNumberAt(timeline, toMs); number += 1)
    for (const { from, to } of timeline.day(number).open)
      sum += Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs));
  return sum;
}
