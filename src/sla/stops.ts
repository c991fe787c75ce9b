import type { Calendar } from '../calendar/calendar.ts';
import { afterOpenTime, openTimeBetween } from '../calendar/due.ts';
import type { Pause } from '../ticket/ticket.ts';

/** A time (ms) in which a clock stands; `to` is Infinity where it still does. */
export interface Stop {
  from: number;
  to: number;
  reason: string;
}

/**
 * The pauses that stop the clock, in order and without overlap, within a start and an end (ms): of what overlaps, the earlier
 * one counts. What has no length is left out.
 */
export function stopsOf(pauses: readonly Pause[], startMs: number, endMs: number): Stop[] {
  if (pauses.length === 0) return [];
  const found = pauses
    .filter(({ stops }) => stops)
    .map(({ reason, from, to }) => ({ reason, from: Date.parse(from), to: to === null ? Infinity : Date.parse(to) }))
    .sort((one, other) => one.from - other.from);
  const stops: Stop[] = [];
  let at = startMs;
  for (const { reason, from, to } of found) {
    if (from >= endMs) break;
    const stop = { reason, from: Math.max(from, at), to };
    if (stop.from >= to) continue;
    stops.push(stop);
    at = to;
  }
  return stops;
}

/** Stops that touch as one, whatever their reasons. */
function joined(stops: readonly Stop[]): Stop[] {
  const whole: Stop[] = [];
  for (const stop of stops) {
    const last = whole.at(-1);
    if (last?.to === stop.from) last.to = stop.to;
    else whole.push({ ...stop });
  }
  return whole;
}

/**
 * Where a deadline comes to stand by the stops before it. On a calendar the open time that is left when the clock stops runs
 * from when it goes on, so a stop in closed time moves nothing; with none (null) the deadline moves by the length of the
 * stop. While the clock still stands, the deadline stands where it stood when it stopped.
 */
export function moveBy(stops: readonly Stop[], dueMs: number, calendar: Calendar | null): number {
  let due = dueMs;
  for (const { from, to } of joined(stops)) {
    if (from >= due || to === Infinity) return due;
    due = calendar ? Math.max(due, afterOpenTime(calendar, to, openTimeBetween(calendar, from, due))) : due + to - from;
  }
  return due;
}
