import { describe, expect, it } from 'vitest';
import { openingOn } from '../../../src/calendar/opening.ts';
import { aCalendar } from './builders.ts';

const calendar = aCalendar({
  ranges: [
    { from: '2026-02-18', to: '2026-03-19', week: { sun: [['10:00', '15:00']], mon: [['10:00', '15:00']] } },
    { from: '2026-03-01', to: '2026-03-31', week: { sun: [['09:00', '10:00']], thu: [['09:00', '10:00']] } },
  ],
  exceptions: [
    { date: '2026-02-22', intervals: [['11:00', '12:00']] },
    { date: '2026-02-23', intervals: [] },
  ],
  holidays: ['2026-02-22', '2026-03-02', '2026-09-23'],
});

describe('the opening of a date', () => {
  it.each([
    ['the week, on a working day', '2026-02-17', 'week', [['07:30', '14:30']]],
    ['the week, closed on a day that it leaves out', '2026-04-03', 'week', []],
    ['an exception before a holiday and a range', '2026-02-22', 'exception', [['11:00', '12:00']]],
    ['an exception that closes', '2026-02-23', 'exception', []],
    ['a holiday before a range', '2026-03-02', 'holiday', []],
    ['a holiday before the week', '2026-09-23', 'holiday', []],
    ['a range on its first date, closed on a day that it leaves out', '2026-02-18', 'range', []],
    ['a range inside', '2026-03-01', 'range', [['10:00', '15:00']]],
    ['the first of two ranges, although only the second opens that day', '2026-03-19', 'range', []],
    ['the second range after the first ends', '2026-03-22', 'range', [['09:00', '10:00']]],
    ['the week again after the ranges', '2026-04-01', 'week', [['07:30', '14:30']]],
  ])('is decided by %s', (_, date, reason, intervals) => {
    expect(openingOn(calendar, date)).toEqual({ reason, intervals });
  });
});
