import { describe, expect, it } from 'vitest';
import { workingMinutesBetween } from '../../../src/calendar/business-time.ts';
import type { Calendar } from '../../../src/calendar/calendar.ts';
import { type DurationUnit, dueAfter } from '../../../src/calendar/due.ts';
import { closingTime, nextOpening } from '../../../src/calendar/hours.ts';
import { everyDay } from './builders.ts';

const due = (calendar: Calendar, from: string, amount: number, unit: DurationUnit): string =>
  new Date(dueAfter(calendar, Date.parse(from), { amount, unit })).toISOString().slice(0, 16);

/** In 2026 Berlin goes from +1 to +2 on 29 March at 02:00, and back on 25 October at 03:00. */
const berlin = everyDay('Europe/Berlin', ['08:00', '17:00']);
const berlinNight = everyDay('Europe/Berlin', ['01:30', '02:30']);
const berlinAlways = everyDay('Europe/Berlin', ['00:00', '24:00']);

/** In 2026 New York goes from -5 to -4 on 8 March at 02:00, and back on 1 November at 02:00. */
const newYork = everyDay('America/New_York', ['09:00', '17:00']);
const newYorkNight = everyDay('America/New_York', ['02:15', '02:45']);

describe('daylight saving', () => {
  it.each([
    [
      'a business day keeps the wall clock in spring',
      berlin,
      '2026-03-28T09:00Z',
      1,
      'business_days',
      '2026-03-29T08:00',
    ],
    [
      'a business day keeps the wall clock in autumn',
      berlin,
      '2026-10-24T08:00Z',
      1,
      'business_days',
      '2026-10-25T09:00',
    ],
    ['opening times keep the wall clock', berlin, '2026-03-28T15:30Z', 60, 'business_minutes', '2026-03-29T06:30'],
    ['New York in spring', newYork, '2026-03-07T15:00Z', 1, 'business_days', '2026-03-08T14:00'],
    ['New York in autumn', newYork, '2026-10-31T21:30Z', 60, 'business_minutes', '2026-11-01T15:00'],
    ['plain hours are not stretched', berlin, '2026-03-28T12:00Z', 24, 'hours', '2026-03-29T12:00'],
    [
      'an opening cut by the skipped hour is shorter',
      berlinNight,
      '2026-03-28T12:00Z',
      60,
      'business_minutes',
      '2026-03-30T00:00',
    ],
    [
      'an opening in the skipped hour does not exist',
      newYorkNight,
      '2026-03-08T00:00Z',
      0,
      'business_minutes',
      '2026-03-09T06:15',
    ],
    [
      'a day whose only opening is skipped is no working day',
      newYorkNight,
      '2026-03-07T07:30Z',
      1,
      'business_days',
      '2026-03-09T06:30',
    ],
    [
      'a skipped clock time is the instant of the change',
      berlinAlways,
      '2026-03-28T01:30Z',
      1,
      'business_days',
      '2026-03-29T01:00',
    ],
    ['a repeated clock time is the first', berlinAlways, '2026-10-24T00:30Z', 1, 'business_days', '2026-10-25T00:30'],
  ] as const)('%s', (_, calendar, from, amount, unit, end) => {
    expect(due(calendar, from, amount, unit)).toBe(end);
  });

  it('gives the days of the change 23 and 25 hours', () => {
    const minutesOf = (calendar: Calendar, from: string, to: string): number =>
      workingMinutesBetween(calendar, Date.parse(from), Date.parse(to)).workingMinutes;
    expect(minutesOf(berlinAlways, '2026-03-28T23:00Z', '2026-03-29T22:00Z')).toBe(23 * 60);
    expect(minutesOf(berlinAlways, '2026-10-24T22:00Z', '2026-10-25T23:00Z')).toBe(25 * 60);
  });

  it('is open whenever the wall clock shows an open time, so a repeated half hour opens twice', () => {
    const { lines } = workingMinutesBetween(
      berlinNight,
      Date.parse('2026-10-24T22:00Z'),
      Date.parse('2026-10-25T04:00Z'),
    );
    expect(lines.map(({ from, minutes, reason }) => [from.slice(11, 16), minutes, reason])).toEqual([
      ['22:00', 90, 'before-opening'],
      ['23:30', 60, 'open'],
      ['00:30', 30, 'break'],
      ['01:00', 30, 'open'],
      ['01:30', 150, 'after-closing'],
    ]);
  });

  it('counts touching openings of a repeated hour in the order in which they happen', () => {
    const touching = everyDay('Europe/Berlin', ['02:00', '02:20'], ['02:20', '02:40']);
    const { lines, workingMinutes } = workingMinutesBetween(
      touching,
      Date.parse('2026-10-25T00:00Z'),
      Date.parse('2026-10-25T02:00Z'),
    );
    expect(workingMinutes).toBe(80);
    expect(lines.map(({ from, minutes }) => [from.slice(11, 16), minutes])).toEqual([
      ['00:00', 20],
      ['00:20', 20],
      ['00:40', 20],
      ['01:00', 20],
      ['01:20', 20],
      ['01:40', 20],
    ]);
    expect(due(touching, '2026-10-25T00:00Z', 50, 'business_minutes')).toBe('2026-10-25T01:10');
  });

  it('shows the clock after the change at the instant of the change', () => {
    const fromThree = everyDay('Europe/Berlin', ['02:30', '05:00']);
    expect(nextOpening(fromThree, Date.parse('2026-03-29T00:00Z'))).toEqual({
      at: '2026-03-29T01:00:00.000Z',
      date: '2026-03-29',
      time: '03:00',
    });
    expect(closingTime(fromThree, Date.parse('2026-03-29T01:00Z'))?.at).toBe('2026-03-29T03:00:00.000Z');
  });
});
