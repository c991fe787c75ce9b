import type { Calendar } from './calendar.ts';
import { type Duration, dueAfter } from './due.ts';
import { explain, type Line, lineOf } from './explain.ts';
import { isoOf } from './zone.ts';

/** A deadline (ISO UTC) and how it came about; the lines run from the start to the deadline. */
export interface Deadline {
  dueAt: string;
  lines: Line[];
}

/**
 * The deadline of a duration that starts at `fromMs`, with its reckoning. `dueAfter` says how each unit is counted.
 * Throws CalendarError: never-open, too-far.
 */
export function addDuration(calendar: Calendar, fromMs: number, duration: Duration): Deadline {
  const dueMs = dueAfter(calendar, fromMs, duration);
  if (duration.unit.startsWith('business_')) return { dueAt: isoOf(dueMs), lines: explain(calendar, fromMs, dueMs) };
  const whole = lineOf({ from: fromMs, to: dueMs, counted: true, reason: 'plain-time' });
  return { dueAt: isoOf(dueMs), lines: dueMs > fromMs ? [whole] : [] };
}

/**
 * Open minutes (may be a fraction) from `fromMs` to before `toMs`, with the reckoning; none when `toMs` is not later.
 * Throws CalendarError too-far.
 */
export function workingMinutesBetween(
  calendar: Calendar,
  fromMs: number,
  toMs: number,
): { workingMinutes: number; lines: Line[] } {
  const lines = explain(calendar, fromMs, toMs);
  const countedMs = lines
    .filter(({ counted }) => counted)
    .reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  return { workingMinutes: countedMs / 60_000, lines };
}
