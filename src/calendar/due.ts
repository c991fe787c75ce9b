import type { Calendar } from './calendar.ts';
import { CalendarError, farthestDays } from './calendar-error.ts';
import { type Day, dayNumberAt, openDays, type Timeline, timelineOf } from './timeline.ts';
import { dayMs } from './zone.ts';

export type DurationUnit = 'seconds' | 'minutes' | 'hours' | 'business_minutes' | 'business_hours' | 'business_days';

/** A length of time. Business units are counted on a calendar, the others are plain time. */
export interface Duration {
  amount: number;
  unit: DurationUnit;
}

const unitMs = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  business_minutes: 60_000,
  business_hours: 3_600_000,
};

/** The end of the year 9999: of later instants the order of their texts is not that of time. */
const lastInstant = 253_402_300_799_999;

function afterOpenMs(timeline: Timeline, fromMs: number, amountMs: number): number {
  let left = amountMs;
  for (const { open } of openDays(timeline, dayNumberAt(timeline, fromMs))) {
    for (const stretch of open) {
      if (stretch.to <= fromMs) continue;
      const start = Math.max(stretch.from, fromMs);
      if (left <= stretch.to - start) return start + left;
      left -= stretch.to - start;
    }
  }
  throw new CalendarError('too-far');
}

/** The first instant of a day that is in its open time, closings included, and at which the clock shows `clock` or later. */
function clampInto({ zone }: Timeline, day: Day, clock: number): number {
  const midnight = day.number * dayMs;
  const wanted = zone.instantsOf(midnight + clock, midnight + dayMs)[0]?.from ?? day.to;
  const stretch = day.open.find(({ to }) => wanted <= to);
  return stretch === undefined ? (day.open.at(-1)?.to ?? day.to) : Math.max(wanted, stretch.from);
}

function nthOpenDay(timeline: Timeline, first: number, count: number): Day {
  let left = count;
  for (const day of openDays(timeline, first)) {
    left -= 1;
    if (left === 0) return day;
  }
  throw new CalendarError('too-far');
}

const openMsOf = (day: Day): number => day.open.reduce((sum, { from, to }) => sum + to - from, 0);

function afterBusinessDays(timeline: Timeline, fromMs: number, amount: number): number {
  const start = afterOpenMs(timeline, fromMs, 0);
  const first = dayNumberAt(timeline, start);
  const whole = Math.floor(amount);
  const day = whole === 0 ? timeline.day(first) : nthOpenDay(timeline, first + 1, whole);
  const due = whole === 0 ? start : clampInto(timeline, day, timeline.zone.wallAt(start) - first * dayMs);
  return amount === whole ? due : afterOpenMs(timeline, due, Math.round((amount - whole) * openMsOf(day)));
}

/**
 * The first instant at which so much open time (ms) has gone by since `fromMs`; 0 gives `fromMs` when open, else the next
 * opening. Throws CalendarError: never-open, too-far.
 */
export const afterOpenTime = (calendar: Calendar, fromMs: number, amountMs: number): number =>
  afterOpenMs(timelineOf(calendar), fromMs, amountMs);

/** Open time (ms) from an instant to before another; 0 where that is not later. Throws CalendarError too-far. */
export function openTimeBetween(calendar: Calendar, fromMs: number, toMs: number): number {
  if (toMs - fromMs > farthestDays * dayMs) throw new CalendarError('too-far');
  if (toMs <= fromMs) return 0;
  const timeline = timelineOf(calendar);
  const last = dayNumberAt(timeline, toMs);
  let sum = 0;
  for (let number = dayNumberAt(timeline, fromMs); number <= last; number += 1) {
    for (const { from, to } of timeline.day(number).open)
      sum += Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs));
  }
  return sum;
}

/**
 * When a duration that starts at `fromMs` ends, in ms.
 *
 * - seconds, minutes, hours: plain time, also on a calendar that is never open.
 * - business_minutes, business_hours: the first instant at which that much open time has gone by, so what ends exactly at
 *   closing ends there. 0 gives `fromMs` when open, else the next opening.
 * - business_days: outside hours the start moves to the next opening (an instant of closing is outside); then the same
 *   clock time n days with open time later, brought into that day's open time: before the first opening → the first
 *   opening, inside a break → the opening after it, after the last closing → the last closing; exactly at a closing stays.
 *   A clock time that daylight saving skips is the instant of the change, one that it repeats is the first.
 *   Of a fraction the whole days come first, then that share of the day's open time.
 *
 * Throws CalendarError: never-open, too-far.
 */
export function dueAfter(calendar: Calendar, fromMs: number, { amount, unit }: Duration): number {
  // no calendar is open for longer than there is time
  const shortest = unit === 'business_days' ? amount : (amount * unitMs[unit]) / dayMs;
  if (unit.startsWith('business_') && shortest > farthestDays) throw new CalendarError('too-far');
  if (unit === 'business_days') return afterBusinessDays(timelineOf(calendar), fromMs, amount);
  const amountMs = Math.round(amount * unitMs[unit]);
  if (unit === 'business_minutes' || unit === 'business_hours') {
    return afterOpenMs(timelineOf(calendar), fromMs, amountMs);
  }
  if (fromMs + amountMs > lastInstant) throw new CalendarError('too-far');
  return fromMs + amountMs;
}
