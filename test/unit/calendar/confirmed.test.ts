import { describe, expect, it } from 'vitest';
import { confirmedCalendar } from '../../../src/calendar/confirmed.ts';
import { isOpen } from '../../../src/calendar/hours.ts';
import { aCalendar, riyadh } from './builders.ts';

describe('proposed holidays', () => {
  const proposed = [
    { date: '2026-05-26', confirmed: true },
    { date: '2026-05-27', confirmed: false },
  ];

  it('count when confirmed and do not count before', () => {
    const calendar = confirmedCalendar({ calendar: aCalendar({ holidays: ['2026-09-23'] }), proposed });
    expect(calendar.holidays).toEqual(['2026-05-26', '2026-09-23']);
    expect(isOpen(calendar, riyadh('2026-05-26 10:00'))).toBe(false);
    expect(isOpen(calendar, riyadh('2026-05-27 10:00'))).toBe(true);
  });

  it('leave the calendar as it is when none is confirmed', () => {
    const calendar = aCalendar();
    expect(confirmedCalendar({ calendar })).toBe(calendar);
    expect(confirmedCalendar({ calendar, proposed: proposed.slice(1) })).toBe(calendar);
  });
});
