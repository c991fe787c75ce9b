import type { Calendar, Interval, Week } from './calendar.ts';
import { CalendarError } from './calendar-error.ts';
import { dueAfter } from './due.ts';
import { type Weekday, weekdays, weekOn } from './opening.ts';
import { dateOf, dayNumberAt, timelineOf } from './timeline.ts';
import { dayMs, isoOf, type Stretch } from './zone.ts';

/** An instant (ISO UTC) with the local date (YYYY-MM-DD) and clock time (HH:MM) at which people meet it. */
export interface LocalInstant {
  at: string;
  date: string;
  time: string;
}

function localInstant(calendar: Calendar, ms: number): LocalInstant {
  const wall = timelineOf(calendar).zone.wallAt(ms);
  return { at: isoOf(ms), date: dateOf(Math.floor(wall / dayMs)), time: isoOf(wall).slice(11, 16) };
}

function openStretchAt(calendar: Calendar, ms: number): Stretch | undefined {
  const timeline = timelineOf(calendar);
  return timeline.day(dayNumberAt(timeline, ms)).open.find(({ from, to }) => from <= ms && ms < to);
}

/** Whether the calendar is open at an instant; the instant of closing is closed. */
export const isOpen = (calendar: Calendar, ms: number): boolean => openStretchAt(calendar, ms) !== undefined;

/** The first open instant from `ms` on (so `ms` itself while open); null when no opening is ahead. */
export function nextOpening(calendar: Calendar, ms: number): LocalInstant | null {
  try {
    return localInstant(calendar, dueAfter(calendar, ms, { amount: 0, unit: 'business_minutes' }));
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}

/** Days through which running open time is followed to its closing; longer means around the clock. */
const roundTheClockDays = 8;

/** When the open time running at `ms` closes, past midnight if it goes on; null while closed or open around the clock. */
export function closingTime(calendar: Calendar, ms: number): LocalInstant | null {
  let end = openStretchAt(calendar, ms)?.to;
  if (end === undefined) return null;
  for (let next = openStretchAt(calendar, end); next !== undefined; next = openStretchAt(calendar, end)) {
    end = next.to;
    if (end - ms > roundTheClockDays * dayMs) return null;
  }
  return localInstant(calendar, end);
}

/** The week whose opening times count at an instant: in Ramadan those of its range. */
export const weekAt = (calendar: Calendar, ms: number): Week => weekOn(calendar, localInstant(calendar, ms).date);

/** Neighbouring days with equal opening times; no intervals: closed. */
export interface DayGroup {
  days: Weekday[];
  intervals: readonly Interval[];
}

/**
 * A week as it is printed: neighbouring equal days together, from Sunday on. Days that go on past Saturday stay one
 * group, so Saturday to Wednesday is one.
 */
export function hoursSummary(week: Week): DayGroup[] {
  const intervalsOf = (index: number): Interval[] => week[weekdays.at(index % 7) ?? 'sun'] ?? [];
  const differs = (index: number): boolean =>
    JSON.stringify(intervalsOf(index)) !== JSON.stringify(intervalsOf(index + 6));
  const first = Math.max(
    weekdays.findIndex((_, index) => differs(index)),
    0,
  );
  const groups: DayGroup[] = [];
  for (let index = first; index < first + 7; index += 1) {
    const day = weekdays[index % 7] ?? 'sun';
    if (index === first || differs(index)) groups.push({ days: [day], intervals: intervalsOf(index) });
    else groups.at(-1)?.days.push(day);
  }
  return groups;
}
