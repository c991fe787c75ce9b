import type { Calendar } from '../calendar/calendar.ts';
import { dueAfter, openTimeBetween } from '../calendar/due.ts';
import { explain, type LineReason, lineOf } from '../calendar/explain.ts';
import { isoOf } from '../calendar/zone.ts';
import { type Clock, runsOn } from './clocks.ts';
import type { Stop } from './stops.ts';

/** One stretch of a clock's way to its deadline; `paused:<reason>` where the clock stood. */
export interface ClockLine {
  from: string;
  to: string;
  minutes: number;
  counted: boolean;
  reason: LineReason | `paused:${string}`;
}

interface Part {
  from: number;
  to: number;
  counted: boolean;
  reason: ClockLine['reason'];
}

/** What is left of a part where a stop lies in it: before, and after. */
const cut = (part: Part, { from, to }: Stop): Part[] =>
  [
    { ...part, to: Math.min(part.to, from) },
    { ...part, from: Math.max(part.from, to) },
  ].filter((one) => one.from < one.to);

/** The time from the start of a clock to its deadline, in order and without gaps. A clock that stands now stands to the end of it. */
export function linesOf(clock: Clock, calendar: Calendar): ClockLine[] {
  const [startMs, dueMs] = [Date.parse(clock.startedAt), Date.parse(clock.dueAt)];
  const on = runsOn(clock.promised, calendar);
  const plain = { from: startMs, to: dueMs, counted: true, reason: 'plain-time' as const };
  const lines = on ? explain(on, startMs, dueMs) : dueMs > startMs ? [lineOf(plain)] : [];
  const stops = clock.stops
    .map((stop) => ({ ...stop, to: Math.min(stop.to, dueMs) }))
    .filter(({ from, to }) => from < to);
  const ran = lines.map((line): Part => ({ ...line, from: Date.parse(line.from), to: Date.parse(line.to) }));
  const left = stops.reduce((parts, stop) => parts.flatMap((part) => cut(part, stop)), ran);
  const stood = stops.map(({ from, to, reason }): Part => ({ from, to, counted: false, reason: `paused:${reason}` }));
  return [...left, ...stood]
    .sort((one, other) => one.from - other.from)
    .map(({ from, to, counted, reason }) => {
      return { from: isoOf(from), to: isoOf(to), minutes: (to - from) / 60_000, counted, reason };
    });
}

const between = (from: number, to: number): number => Math.max(0, to - from);

/**
 * The minutes that were promised and those that the clock has counted until `nowMs` or its end: working time where the promise
 * runs on the calendar, else plain time.
 */
export function workingMinutesOf(clock: Clock, calendar: Calendar, nowMs: number): { promised: number; used: number } {
  const startMs = Date.parse(clock.startedAt);
  const on = runsOn(clock.promised, calendar);
  const lasted = (from: number, to: number): number => (on ? openTimeBetween(on, from, to) : between(from, to));
  const endMs = clock.endedAt === null ? nowMs : Date.parse(clock.endedAt);
  const stood = clock.stops.reduce((sum, { from, to }) => sum + lasted(from, Math.min(to, endMs)), 0);
  const promised = lasted(startMs, dueAfter(calendar, startMs, clock.promised));
  return { promised: promised / 60_000, used: (lasted(startMs, endMs) - stood) / 60_000 };
}
