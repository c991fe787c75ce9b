import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../../src/calendar/calendar.ts';
import { CalendarError } from '../../../src/calendar/calendar-error.ts';
import { type DurationUnit, dueAfter } from '../../../src/calendar/due.ts';
import { aCalendar, everyDay, inRiyadh, riyadh } from './builders.ts';

const office = aCalendar();
const shifts = everyDay('Asia/Riyadh', ['08:00', '12:00'], ['16:00', '20:00']);
const night = everyDay('Asia/Riyadh', ['00:00', '06:00'], ['22:00', '24:00']);
const mixed = aCalendar({
  week: {
    sun: [['08:00', '20:00']],
    mon: [
      ['08:00', '12:00'],
      ['16:00', '18:00'],
    ],
    tue: [['10:00', '14:00']],
  },
});
const ramadan = aCalendar({
  ranges: [
    {
      from: '2026-02-18',
      to: '2026-03-18',
      week: {
        sun: [['10:00', '15:00']],
        mon: [['10:00', '15:00']],
        wed: [['10:00', '15:00']],
        thu: [['10:00', '15:00']],
      },
    },
  ],
});
const nationalDay = aCalendar({ holidays: ['2026-09-23'] });
const openedHoliday = aCalendar({
  holidays: ['2026-09-23'],
  exceptions: [{ date: '2026-09-23', intervals: [['09:00', '11:00']] }],
});
const never = aCalendar({ week: {} });

const due = (calendar: Calendar, from: string, amount: number, unit: DurationUnit): string =>
  inRiyadh(dueAfter(calendar, riyadh(from), { amount, unit }));

describe('plain time', () => {
  it.each([
    ['seconds', 90, '2026-11-27 03:01'],
    ['minutes', 15, '2026-11-27 03:15'],
    ['hours', 42, '2026-11-28 21:00'],
    ['hours', 0, '2026-11-27 03:00'],
  ] as const)('%s run on a day off and on a calendar that is never open', (unit, amount, end) => {
    expect(due(office, '2026-11-27 03:00', amount, unit)).toBe(end);
    expect(due(never, '2026-11-27 03:00', amount, unit)).toBe(end);
  });
});

describe('business minutes and hours', () => {
  it.each([
    ['run inside one day', office, '2026-11-26 08:30', 30, 'business_minutes', '2026-11-26 09:00'],
    ['end exactly at closing', office, '2026-11-26 13:30', 1, 'business_hours', '2026-11-26 14:30'],
    [
      'go on at the next opening over a weekend',
      office,
      '2026-11-26 14:00',
      31,
      'business_minutes',
      '2026-11-29 07:31',
    ],
    [
      'begin at the opening when started before it',
      office,
      '2026-11-26 05:00',
      10,
      'business_minutes',
      '2026-11-26 07:40',
    ],
    ['begin next day when started at closing', office, '2026-11-25 14:30', 10, 'business_minutes', '2026-11-26 07:40'],
    [
      'begin after the weekend when started in it',
      office,
      '2026-11-27 10:00',
      10,
      'business_minutes',
      '2026-11-29 07:40',
    ],
    ['take fractions', office, '2026-11-26 08:30', 0.5, 'business_hours', '2026-11-26 09:00'],
    ['of amount 0 end at once while open', office, '2026-11-26 08:30', 0, 'business_minutes', '2026-11-26 08:30'],
    [
      'of amount 0 end at the next opening while closed',
      office,
      '2026-11-27 08:30',
      0,
      'business_minutes',
      '2026-11-29 07:30',
    ],
    [
      'of amount 0 end at the next opening at closing',
      office,
      '2026-11-26 14:30',
      0,
      'business_minutes',
      '2026-11-29 07:30',
    ],
    ['leave out a break', shifts, '2026-11-26 11:30', 60, 'business_minutes', '2026-11-26 16:30'],
    ['end at the closing before a break', shifts, '2026-11-26 11:30', 30, 'business_minutes', '2026-11-26 12:00'],
    ['run through midnight', night, '2026-11-26 23:30', 60, 'business_minutes', '2026-11-27 00:30'],
    ['end at 24:00', night, '2026-11-26 23:30', 30, 'business_minutes', '2026-11-27 00:00'],
    ['leave out a holiday', nationalDay, '2026-09-22 14:00', 60, 'business_minutes', '2026-09-24 08:00'],
    ['count the exception of a holiday', openedHoliday, '2026-09-22 14:00', 60, 'business_minutes', '2026-09-23 09:30'],
    ['follow the hours of Ramadan', ramadan, '2026-02-17 14:00', 60, 'business_minutes', '2026-02-18 10:30'],
    ['pass a day that Ramadan closes', ramadan, '2026-02-23 14:30', 60, 'business_minutes', '2026-02-25 10:30'],
  ] as const)('%s', (_, calendar, from, amount, unit, end) => {
    expect(due(calendar, from, amount, unit)).toBe(end);
  });
});

describe('business days', () => {
  it.each([
    ['keep the clock time', office, '2026-11-22 09:15', 1, '2026-11-23 09:15'],
    ['leave out the weekend', office, '2026-11-26 09:15', 1, '2026-11-29 09:15'],
    ['leave out a holiday', nationalDay, '2026-09-22 09:15', 1, '2026-09-24 09:15'],
    ['count a holiday that an exception opens, in its hours', openedHoliday, '2026-09-22 13:00', 1, '2026-09-23 11:00'],
    ['of ten are two weeks', office, '2026-11-22 09:15', 10, '2026-12-06 09:15'],
    ['move a start before opening to the opening', office, '2026-11-22 06:00', 1, '2026-11-23 07:30'],
    ['move a start after closing to the next opening', office, '2026-11-22 20:00', 1, '2026-11-24 07:30'],
    ['move a start at closing to the next opening', office, '2026-11-22 14:30', 1, '2026-11-24 07:30'],
    ['move a start on the weekend to its end', office, '2026-11-27 12:00', 1, '2026-11-30 07:30'],
    ['of amount 0 end at once while open', office, '2026-11-22 09:15', 0, '2026-11-22 09:15'],
    ['of amount 0 end at the next opening while closed', office, '2026-11-27 09:15', 0, '2026-11-29 07:30'],
    ['keep a time in the second shift', shifts, '2026-11-22 17:00', 1, '2026-11-23 17:00'],
    ['move a start in a break to the opening after it', shifts, '2026-11-22 13:00', 1, '2026-11-23 16:00'],
    ['landing in a break end at the opening after it', mixed, '2026-11-22 13:00', 1, '2026-11-23 16:00'],
    ['landing exactly at the closing before a break stay there', mixed, '2026-11-22 12:00', 1, '2026-11-23 12:00'],
    ['landing after the last closing end at it', mixed, '2026-11-22 19:30', 1, '2026-11-23 18:00'],
    ['landing before the first opening end at it', mixed, '2026-11-22 08:30', 2, '2026-11-24 10:00'],
    ['remember the clock time over a shorter day', mixed, '2026-11-22 19:30', 3, '2026-11-29 19:30'],
    ['follow the hours of Ramadan', ramadan, '2026-02-17 08:00', 1, '2026-02-18 10:00'],
    ['pass a day that Ramadan closes', ramadan, '2026-02-23 11:00', 1, '2026-02-25 11:00'],
    ['of one and a half add half of the open time of the day', office, '2026-11-22 07:30', 1.5, '2026-11-23 11:00'],
  ] as const)('%s', (_, calendar, from, amount, end) => {
    expect(due(calendar, from, amount, 'business_days')).toBe(end);
  });

  it('keep seconds and milliseconds of the clock time', () => {
    const from = riyadh('2026-11-22 09:15') + 12_345;
    expect(dueAfter(office, from, { amount: 1, unit: 'business_days' })).toBe(from + 86_400_000);
  });
});

describe('a calendar that cannot answer', () => {
  const reasonOf = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error instanceof CalendarError ? [error.reason, error.code, error.details] : error;
    }
  };

  it.each(['business_minutes', 'business_hours', 'business_days'] as const)('says never-open for %s', (unit) => {
    for (const amount of [0, 1]) {
      expect(reasonOf(() => due(never, '2026-11-22 09:15', amount, unit))).toEqual([
        'never-open',
        'invalid',
        { reason: 'never-open' },
      ]);
    }
  });

  it('says never-open when the last opening is past', () => {
    const once = aCalendar({ week: {}, exceptions: [{ date: '2026-11-22', intervals: [['08:00', '09:00']] }] });
    expect(due(once, '2026-11-01 00:00', 60, 'business_minutes')).toBe('2026-11-22 09:00');
    expect(reasonOf(() => due(once, '2026-11-01 00:00', 61, 'business_minutes'))).toContain('never-open');
    expect(reasonOf(() => due(once, '2026-11-01 00:00', 1, 'business_days'))).toContain('never-open');
  });

  it('finds an opening that stands years ahead', () => {
    const late = aCalendar({ week: {}, exceptions: [{ date: '2031-01-01', intervals: [['08:00', '09:00']] }] });
    expect(due(late, '2026-11-01 00:00', 5, 'business_minutes')).toBe('2031-01-01 08:05');
  });

  it('finds the week again behind a closed range of years', () => {
    const closed = aCalendar({ ranges: [{ from: '2026-01-01', to: '2029-12-31', week: {} }] });
    expect(due(closed, '2026-11-01 00:00', 5, 'business_minutes')).toBe('2030-01-01 07:35');
  });

  it('says too-far instead of counting for ever', () => {
    const forEver = aCalendar({ ranges: [{ from: '2026-01-01', to: '9999-12-31', week: {} }] });
    expect(reasonOf(() => due(forEver, '2026-11-22 09:15', 1, 'business_minutes'))).toContain('too-far');
    expect(reasonOf(() => due(office, '2026-11-22 09:15', 1e9, 'business_hours'))).toContain('too-far');
    expect(reasonOf(() => due(office, '2026-11-22 09:15', 1e9, 'business_days'))).toContain('too-far');
    expect(reasonOf(() => due(office, '2026-11-22 09:15', 1e15, 'hours'))).toContain('too-far');
  });
});
