import fc from 'fast-check';
import { type Calendar, calendar, type Interval, type Week } from '../../../src/calendar/calendar.ts';

/** Zones with one UTC day in which their clock changes (or none), by kind of change. */
const changes: readonly (readonly [string, string])[] = [
  ['Asia/Riyadh', '2026-06-10'],
  ['Asia/Kathmandu', '2026-06-10'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Asia/Beirut', '2025-03-29'],
  ['Asia/Beirut', '2025-10-25'],
  ['America/Havana', '2025-03-09'],
  ['America/Havana', '2025-11-02'],
  ['Pacific/Apia', '2011-12-30'],
];

const clock = (halfHours: number): string =>
  `${String(Math.floor(halfHours / 2)).padStart(2, '0')}:${halfHours % 2 === 0 ? '00' : '30'}`;

const intervals: fc.Arbitrary<Interval[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { maxLength: 6 })
  .map((edges) => {
    const sorted = [...edges].sort((one, other) => one - other).map(clock);
    const pairs = Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => index * 2);
    return pairs.map((index): Interval => [sorted[index]!, sorted[index + 1]!]);
  });

const week: fc.Arbitrary<Week> = fc.record(
  { sun: intervals, mon: intervals, tue: intervals, wed: intervals, thu: intervals, fri: intervals, sat: intervals },
  { requiredKeys: [] },
);

/** Minutes from `min` to `max` (multiples of 30), half of them on the half hour, where openings and closings are. */
export const minutesIn = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min, max }),
    fc.integer({ min: min / 30, max: max / 30 }).map((halfHours) => halfHours * 30),
  );

const dateNear = (middle: string, days: number): string =>
  new Date(Date.parse(middle) + days * 86_400_000).toISOString().slice(0, 10);

export interface Case {
  calendar: Calendar;
  from: number;
}

/** A calendar in a zone near a change of its clock. Sundays are never closed by the week, so that counting ends. */
export const cases: fc.Arbitrary<Case> = fc.constantFrom(...changes).chain(([timeZone, middle]) => {
  const date = fc.integer({ min: -3, max: 5 }).map((days) => dateNear(middle, days));
  return fc.record({
    calendar: fc
      .record({
        week,
        ranges: fc.array(
          fc.record({ from: date, days: fc.integer({ min: 0, max: 3 }), week }).map(({ from, days, week: hours }) => ({
            from,
            to: dateNear(from, days),
            week: hours,
          })),
          { maxLength: 2 },
        ),
        exceptions: fc.uniqueArray(fc.record({ date, intervals }), { maxLength: 3, selector: (one) => one.date }),
        holidays: fc.array(date, { maxLength: 2 }),
      })
      .map((parts) =>
        calendar.parse({
          ...parts,
          timeZone,
          week: { ...parts.week, sun: parts.week.sun?.length ? parts.week.sun : [['20:00', '21:00']] },
        }),
      ),
    from: minutesIn(-3 * 1440, 2 * 1440).map((minutes) => Date.parse(middle) + minutes * 60_000),
  });
});
