import { describe, expect, it } from 'vitest';
import { calendar } from '../../../src/calendar/calendar.ts';

const faultsOf = (over: object): string[] => {
  const result = calendar.safeParse({ timeZone: 'Asia/Riyadh', week: {}, ...over });
  return result.success
    ? []
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message.slice(0, 46)}`);
};

describe('a calendar', () => {
  it('is accepted with several openings a day, touching ones and one to the end of the day', () => {
    expect(
      faultsOf({
        week: {
          sun: [
            ['00:00', '04:00'],
            ['08:00', '12:00'],
            ['12:00', '24:00'],
          ],
          mon: [],
        },
        ranges: [{ from: '2026-02-18', to: '2026-02-18', week: {} }],
        exceptions: [{ date: '2028-02-29', intervals: [['10:00', '12:00']] }],
        holidays: ['2026-09-23', '2026-09-23'],
      }),
    ).toEqual([]);
  });

  it.each([
    ['a time that is not on the clock', { week: { sun: [['7:30', '14:30']] } }, 'week.sun.0.0: write a time as HH:MM'],
    ['a time after the end of the day', { week: { sun: [['07:30', '24:01']] } }, 'week.sun.0.1: write a time as HH:MM'],
    ['hours past midnight in one entry', { week: { sun: [['22:00', '06:00']] } }, 'week.sun.0: the second time must'],
    ['an opening without length', { week: { sun: [['08:00', '08:00']] } }, 'week.sun.0: the second time must be after'],
    [
      'openings that overlap',
      {
        week: {
          sun: [
            ['08:00', '12:00'],
            ['11:00', '14:00'],
          ],
        },
      },
      'week.sun: write the opening times of a day',
    ],
    [
      'openings out of order',
      {
        exceptions: [
          {
            date: '2026-01-01',
            intervals: [
              ['13:00', '14:00'],
              ['08:00', '12:00'],
            ],
          },
        ],
      },
      'exceptions.0.intervals: write the opening times',
    ],
    ['a date that does not exist', { holidays: ['2026-02-30'] }, 'holidays.0: this date does not exist'],
    ['a month that does not exist', { holidays: ['2026-13-01'] }, 'holidays.0: this date does not exist'],
    ['a date in another form', { holidays: ['23/09/2026'] }, 'holidays.0: write a date as YYYY-MM-DD'],
    [
      'a range that ends before it begins',
      { ranges: [{ from: '2026-03-19', to: '2026-02-18', week: {} }] },
      'ranges.0.to: the last date must not be before',
    ],
    [
      'two exceptions on one date',
      {
        exceptions: [
          { date: '2026-01-01', intervals: [] },
          { date: '2026-01-01', intervals: [['08:00', '12:00']] },
        ],
      },
      'exceptions: one date has two exceptions',
    ],
    ['a time zone nobody knows', { timeZone: 'Asia/Atlantis' }, 'timeZone: write a known time zone'],
    ['an empty time zone', { timeZone: '' }, 'timeZone: write a known time zone'],
  ])('is refused with %s, saying where and what to do', (_, over, start) => {
    expect(faultsOf(over).map((fault) => fault.slice(0, start.length))).toContain(start);
  });
});
