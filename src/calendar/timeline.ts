import type { Calendar } from './calendar.ts';
import { CalendarError, farthestDays } from './calendar-error.ts';
import { type OpeningReason, openingOn } from './opening.ts';
import { dayMs, keepBy, type Stretch, type Zone, zoneOf } from './zone.ts';

/** One local date of a calendar on the line of instants. */
export interface Day {
  /** Days since 1970-01-01, of the local date. */
  number: number;
  /** When the local date begins and ends; the same instant where a zone skipped the date. */
  from: number;
  to: number;
  open: readonly Stretch[];
  reason: OpeningReason;
}

/** A calendar laid out in time: its days by number, each computed once. */
export interface Timeline {
  zone: Zone;
  /** The last day number that is named by a date of the calendar; after it only the week speaks. */
  lastNamed: number;
  day(number: number): Day;
}

/** The local date of a day number, YYYY-MM-DD. */
export const dateOf = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

const numberOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);

function clockMs(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function layOut(calendar: Calendar, zone: Zone, number: number): Day {
  const { intervals, reason } = openingOn(calendar, dateOf(number));
  const midnight = number * dayMs;
  const whole = zone.instantsOf(midnight, midnight + dayMs);
  const open = intervals.flatMap(([opens, closes]) =>
    zone.instantsOf(midnight + clockMs(opens), midnight + clockMs(closes)),
  );
  // A clock set back inside an opening shows times of a later interval before the end of an earlier one.
  open.sort((one, other) => one.from - other.from);
  return { number, from: whole[0]?.from ?? 0, to: whole.at(-1)?.to ?? 0, open, reason };
}

function createTimeline(calendar: Calendar): Timeline {
  const zone = zoneOf(calendar.timeZone);
  const named = [
    ...(calendar.holidays ?? []),
    ...(calendar.exceptions ?? []).map(({ date }) => date),
    ...(calendar.ranges ?? []).map(({ to }) => to),
  ];
  return {
    zone,
    lastNamed: named.reduce((last, date) => Math.max(last, numberOf(date)), Number.NEGATIVE_INFINITY),
    day: keepBy(5_000, (number) => layOut(calendar, zone, number)),
  };
}

const timelines = new WeakMap<Calendar, Timeline>();

/** The timeline of a calendar, kept as long as the calendar object lives. */
export function timelineOf(calendar: Calendar): Timeline {
  const known = timelines.get(calendar);
  if (known !== undefined) return known;
  const timeline = createTimeline(calendar);
  timelines.set(calendar, timeline);
  return timeline;
}

/** The number of the local date at an instant. */
export const dayNumberAt = ({ zone }: Timeline, ms: number): number => Math.floor(zone.wallAt(ms) / dayMs);

/** Days without opening after which a calendar counts as never open, once no date of it lies ahead. */
const patienceDays = 400;

/**
 * The days with any open time, from a day number on. Ends with a CalendarError: never-open where the calendar has no
 * open day ahead, too-far when `farthestDays` are walked.
 */
export function* openDays(timeline: Timeline, first: number): Generator<Day, never> {
  let lastOpen = Math.max(first, timeline.lastNamed);
  for (let number = first; number < first + farthestDays; number += 1) {
    const day = timeline.day(number);
    if (day.open.length > 0) {
      lastOpen = Math.max(lastOpen, number);
      yield day;
    } else if (number - lastOpen > patienceDays) throw new CalendarError('never-open');
  }
  throw new CalendarError('too-far');
}
