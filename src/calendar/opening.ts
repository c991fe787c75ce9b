import type { Calendar, Interval, Week } from './calendar.ts';

/** What decided a date's opening. */
export type OpeningReason = 'exception' | 'holiday' | 'range' | 'week';

/** Opening times of one date; no intervals: closed. */
export interface Opening {
  intervals: readonly Interval[];
  reason: OpeningReason;
}

/** Days of the week from Sunday, as a calendar names them. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

function ofWeek(week: Week, date: string): readonly Interval[] {
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return weekday === undefined ? [] : (week[weekday] ?? []);
}

/** The week that counts on a local date (YYYY-MM-DD): of the first range with that date, else the usual one. */
export const weekOn = (calendar: Calendar, date: string): Week =>
  calendar.ranges?.find(({ from, to }) => from <= date && date <= to)?.week ?? calendar.week;

/** The opening of a local date (YYYY-MM-DD): exception, else holiday, else the first range with that date, else week. */
export function openingOn(calendar: Calendar, date: string): Opening {
  const exception = calendar.exceptions?.find((one) => one.date === date);
  if (exception !== undefined) return { intervals: exception.intervals, reason: 'exception' };
  if (calendar.holidays?.includes(date)) return { intervals: [], reason: 'holiday' };
  const range = calendar.ranges?.find(({ from, to }) => from <= date && date <= to);
  if (range !== undefined) return { intervals: ofWeek(range.week, date), reason: 'range' };
  return { intervals: ofWeek(calendar.week, date), reason: 'week' };
}
