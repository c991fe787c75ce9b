import type { Calendar, Interval } from '../../../src/calendar/calendar.ts';

const minuteMs = 60_000;
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock as Intl prints it: "2026-03-29 01:30". */
function wall(timeZone: string, ms: number): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(timeZone, format);
  return format.format(ms);
}

function openingTimes(calendar: Calendar, date: string): readonly Interval[] {
  for (const exception of calendar.exceptions ?? []) if (exception.date === date) return exception.intervals;
  if (new Set(calendar.holidays).has(date)) return [];
  const name = weekdayNames[new Date(date).getUTCDay()]!;
  for (const range of calendar.ranges ?? []) if (date >= range.from && date <= range.to) return range.week[name] ?? [];
  return calendar.week[name] ?? [];
}

/** One minute of the world: its local date, its clock, and whether the calendar is open in it. */
interface Minute {
  date: string;
  clock: string;
  open: boolean;
}

/**
 * Business time by looking at the wall clock of one minute after the other: slow, and nothing in it knows of offsets,
 * days in UTC or daylight saving. Starts and amounts must be whole minutes.
 */
export function minuteCount(calendar: Calendar) {
  const seen = new Map<number, Minute>();
  const look = (ms: number): Minute => {
    const known = seen.get(ms);
    if (known) return known;
    const [date, clock] = wall(calendar.timeZone, ms).split(' ') as [string, string];
    const open = openingTimes(calendar, date).some(([opens, closes]) => opens <= clock && clock < closes);
    seen.set(ms, { date, clock, open });
    return { date, clock, open };
  };
  const firstOpen = (from: number): number => {
    let ms = from;
    while (!look(ms).open) ms += minuteMs;
    return ms;
  };
  const between = (from: number, to: number): number => {
    let count = 0;
    for (let ms = from; ms < to; ms += minuteMs) if (look(ms).open) count += 1;
    return count;
  };
  const afterMinutes = (from: number, minutes: number): number => {
    if (minutes === 0) return firstOpen(from);
    let ms = from;
    for (let left = minutes; left > 0; ms += minuteMs) if (look(ms).open) left -= 1;
    return ms;
  };
  const minutesOf = (date: string, near: number): number[] => {
    const all: number[] = [];
    for (let ms = near - 1_560 * minuteMs; ms < near + 1_560 * minuteMs; ms += minuteMs) {
      if (look(ms).date === date) all.push(ms);
    }
    return all;
  };
  const afterDays = (from: number, days: number): number => {
    const start = firstOpen(from);
    if (days === 0) return start;
    let date = look(start).date;
    let ms = start;
    for (let left = days; left > 0; ms += minuteMs) {
      if (look(ms).open && look(ms).date > date) {
        date = look(ms).date;
        left -= 1;
      }
    }
    const whole = minutesOf(date, ms);
    const allowed = (at: number) =>
      (look(at).open && look(at).date === date) || (whole.includes(at - minuteMs) && look(at - minuteMs).open);
    const end = whole.at(-1)! + minuteMs;
    const wanted = whole.find((at) => look(at).clock >= look(start).clock) ?? end;
    const stops = [...whole, end].filter(allowed);
    return stops.find((at) => at >= wanted) ?? stops.at(-1)!;
  };
  return { isOpen: (ms: number) => look(ms).open, between, afterMinutes, afterDays };
}
