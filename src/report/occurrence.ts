import { weekdays } from '../calendar/opening.ts';
import type { Casework } from '../organisation/casework.ts';
import { dayAfter, dayAt, instantAt } from './office.ts';

type Plan = NonNullable<Casework['weeklyReport']>;

/** The last time (ms) that a weekly plan was due, and on which local day; also on a day that is closed. Pure. */
export function lastOccurrence(
  { day: weekday, at }: Plan,
  timeZone: string,
  nowMs: number,
): { day: string; atMs: number } {
  const today = dayAt(timeZone, nowMs);
  const passed = (new Date(`${today}T00:00:00Z`).getUTCDay() - weekdays.indexOf(weekday) + 7) % 7;
  const day = dayAfter(today, -passed);
  const atMs = instantAt(timeZone, day, at);
  if (atMs <= nowMs) return { day, atMs };
  const before = dayAfter(day, -7);
  return { day: before, atMs: instantAt(timeZone, before, at) };
}
