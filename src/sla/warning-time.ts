import type { Calendar } from '../calendar/calendar.ts';
import { afterOpenTime, dueAfter, openTimeBetween } from '../calendar/due.ts';
import { type Clock, orNull, runsOn } from './clocks.ts';
import { moveBy } from './stops.ts';

/** Nobody can act on a warning of a promise that is shorter than this (ms). */
const shortestMs = 600_000;

/**
 * When so large a share of the promised time has been counted (ms), stops considered. Null for promises of under ten minutes,
 * and where the calendar cannot tell.
 */
export function warningTime({ startedAt, promised, stops }: Clock, calendar: Calendar, share: number): number | null {
  const startMs = Date.parse(startedAt);
  const on = runsOn(promised, calendar);
  return orNull(() => {
    const dueMs = dueAfter(calendar, startMs, promised);
    const wholeMs = on ? openTimeBetween(on, startMs, dueMs) : dueMs - startMs;
    if (wholeMs < shortestMs) return null;
    const partMs = Math.round(share * wholeMs);
    return moveBy(stops, on ? afterOpenTime(on, startMs, partMs) : startMs + partMs, on);
  });
}
