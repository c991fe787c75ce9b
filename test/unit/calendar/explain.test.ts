import { describe, expect, it } from 'vitest';
import { addDuration, workingMinutesBetween } from '../../../src/calendar/business-time.ts';
import { CalendarError } from '../../../src/calendar/calendar-error.ts';
import type { Line } from '../../../src/calendar/explain.ts';
import { aCalendar, everyDay, inRiyadh, riyadh } from './builders.ts';

const told = (lines: Line[]) =>
  lines.map(({ from, to, minutes, counted, reason }) =>
    [inRiyadh(Date.parse(from)), inRiyadh(Date.parse(to)), minutes, counted ? '+' : '-', reason].join(' '),
  );

describe('the reckoning of a deadline', () => {
  it('tells opening by opening why it is later', () => {
    const calendar = aCalendar({
      holidays: ['2026-11-29', '2026-11-30'],
      exceptions: [
        { date: '2026-12-01', intervals: [] },
        { date: '2026-12-02', intervals: [['09:00', '10:00']] },
      ],
      ranges: [{ from: '2026-12-03', to: '2026-12-05', week: { thu: [['10:00', '11:00']] } }],
    });
    const { dueAt, lines } = addDuration(calendar, riyadh('2026-11-25 13:00'), { amount: 11, unit: 'business_hours' });
    expect(dueAt).toBe('2026-12-06T05:00:00.000Z');
    expect(told(lines)).toEqual([
      '2026-11-25 13:00 2026-11-25 14:30 90 + open',
      '2026-11-25 14:30 2026-11-26 07:30 1020 - after-closing',
      '2026-11-26 07:30 2026-11-26 14:30 420 + open',
      '2026-11-26 14:30 2026-11-27 00:00 570 - after-closing',
      '2026-11-27 00:00 2026-11-29 00:00 2880 - closed',
      '2026-11-29 00:00 2026-12-01 00:00 2880 - holiday',
      '2026-12-01 00:00 2026-12-02 00:00 1440 - closed-by-exception',
      '2026-12-02 00:00 2026-12-02 09:00 540 - before-opening',
      '2026-12-02 09:00 2026-12-02 10:00 60 + open-by-exception',
      '2026-12-02 10:00 2026-12-03 10:00 1440 - after-closing',
      '2026-12-03 10:00 2026-12-03 11:00 60 + open-by-range',
      '2026-12-03 11:00 2026-12-04 00:00 780 - after-closing',
      '2026-12-04 00:00 2026-12-06 00:00 2880 - closed',
      '2026-12-06 00:00 2026-12-06 07:30 450 - before-opening',
      '2026-12-06 07:30 2026-12-06 08:00 30 + open',
    ]);
  });

  it('names a break', () => {
    const shifts = everyDay('Asia/Riyadh', ['08:00', '12:00'], ['16:00', '20:00']);
    const { lines } = addDuration(shifts, riyadh('2026-11-25 11:00'), { amount: 90, unit: 'business_minutes' });
    expect(told(lines)).toEqual([
      '2026-11-25 11:00 2026-11-25 12:00 60 + open',
      '2026-11-25 12:00 2026-11-25 16:00 240 - break',
      '2026-11-25 16:00 2026-11-25 16:30 30 + open',
    ]);
  });

  it('is one counted line for plain time, and none for nothing', () => {
    const from = riyadh('2026-11-27 03:00');
    expect(told(addDuration(aCalendar(), from, { amount: 42, unit: 'hours' }).lines)).toEqual([
      '2026-11-27 03:00 2026-11-28 21:00 2520 + plain-time',
    ]);
    expect(addDuration(aCalendar(), from, { amount: 0, unit: 'hours' }).lines).toEqual([]);
  });
});

describe('working minutes between two instants', () => {
  const between = (from: string, to: string): number =>
    workingMinutesBetween(aCalendar(), riyadh(from), riyadh(to)).workingMinutes;

  it.each([
    ['over a weekend', '2026-11-26 14:00', '2026-11-29 08:00', 60],
    ['inside closed time', '2026-11-27 14:00', '2026-11-28 08:00', 0],
    ['of a whole week', '2026-11-22 00:00', '2026-11-29 00:00', 5 * 420],
    ['from an instant to itself', '2026-11-22 09:00', '2026-11-22 09:00', 0],
    ['backwards', '2026-11-22 10:00', '2026-11-22 09:00', 0],
  ])('%s', (_, from, to, minutes) => {
    expect(between(from, to)).toBe(minutes);
  });

  it('may be a fraction', () => {
    const from = riyadh('2026-11-22 09:00');
    expect(workingMinutesBetween(aCalendar(), from, from + 90_000).workingMinutes).toBe(1.5);
  });

  it('are none, with the reason, on a calendar that is never open', () => {
    const from = riyadh('2026-11-22 09:00');
    const { workingMinutes, lines } = workingMinutesBetween(aCalendar({ week: {} }), from, from + 3_600_000);
    expect([workingMinutes, ...told(lines)]).toEqual([0, '2026-11-22 09:00 2026-11-22 10:00 60 - closed']);
  });

  it('are refused over more than fifty years', () => {
    expect(() => between('1926-01-01 00:00', '2026-01-01 00:00')).toThrow(CalendarError);
  });
});
