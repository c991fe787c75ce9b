import type { Calendar, Interval } from '../../../src/calendar/calendar.ts';

const minuteMs = 60_000;
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** What the wall clock of a zone shows in a minute. */
interface Wall {
  date: string;
  clock: string;
}

/** The wall clock of a zone as Intl prints it ("2026-03-29 01:30"), each minute asked once. */
function createWall(timeZone: string): (ms: number) => Wall {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const seen = new Map<number, Wall>();
  return (ms) => {
    const known = seen.get(ms);
    if (known) return known;
    const [date, clock] = format.format(ms).split(' ') as [string, string];
    seen.set(ms, { date, clock });
    return { date, clock };
  };
}

const walls = new Map<string, (ms: number) => Wall>();

function wallOf(timeZone: string): (ms: number) => Wall {
  const wall = walls.get(timeZone) ?? createWall(timeZone);
  walls.set(timeZone, wall);
  return wall;
}

function openingTimes(calendar: Calendar, date: string): readonly Interval[] {
  for (const exception of calendar.exceptions ?? []) if (exception.date === date) return exception.intervals;
  if (new Set(calendar.holidays).has(date)) return [];
  const name = weekdayNames[new Date(date).getUTCDay()]!;
  for (const range of calendar.ranges ?? []) if (date >= range.from && date <= range.to) return range.week[name] ?? [];
  return calendar.week[name] ?? [];
}

/** One minute of the world: its local date, its clock, and whether the calendar is open in it. */
interface Minute extends Wall {
  open: boolean;
}

/** From a minute to before another; `to` is null where it goes on. */
export interface Paused {
  from: number;
  to: number | null;
}

/**
 * Business time by looking at the wall clock of one minute after the other: slow, and nothing in it knows of offsets,
 * days in UTC or daylight saving. Starts and amounts must be whole minutes.
 */
export function minuteCount(calendar: Calendar) {
  const seen = new Map<number, Minute>();
  const days = new Map<string, readonly Interval[]>();
  const wall = wallOf(calendar.timeZone);
  const look = (ms: number): Minute => {
    const known = seen.get(ms);
    if (known) return known;
    const { date, clock } = wall(ms);
    const times = days.get(date) ?? openingTimes(calendar, date);
    days.set(date, times);
    const minute = { date, clock, open: times.some(([opens, closes]) => opens <= clock && clock < closes) };
    seen.set(ms, minute);
    return minute;
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
  /**
   * Where a deadline comes to stand by pauses, by ticking minutes off: the first minute, not before the deadline, at which as
   * many counted and unpaused minutes have gone by as were promised, that is not within a pause, and at which the calendar
   * is open or has just closed.
   */
  const paused = (
    from: number,
    due: number,
    pauses: readonly Paused[],
    counts = (ms: number) => look(ms).open,
  ): number => {
    const running = pauses.find(({ to }) => to === null)?.from ?? Number.POSITIVE_INFINITY;
    const covers = (ms: number) => pauses.some((one) => one.from <= ms && ms < (one.to ?? 0));
    let standsFrom = running;
    while (covers(standsFrom - minuteMs)) standsFrom -= minuteMs;
    const stands = (ms: number) => ms < standsFrom && covers(ms);
    let left = 0;
    for (let ms = from; ms < due; ms += minuteMs) if (counts(ms)) left += 1;
    const isEnd = (ms: number) => ms === due || counts(ms) || (counts(ms - minuteMs) && !stands(ms - minuteMs));
    for (let ms = from; ; ms += minuteMs) {
      const within = stands(ms - minuteMs) && stands(ms) && ms > from;
      if (left === 0 && ms >= due && !within && isEnd(ms)) return ms;
      if (left > 0 && counts(ms) && !stands(ms)) left -= 1;
    }
  };
  return { isOpen: (ms: number) => look(ms).open, between, afterMinutes, afterDays, paused };
}
