import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gregorianOf, hijriOf } from '../../../src/calendar/hijri.ts';

describe('Umm al-Qura dates', () => {
  it.each([
    ['2024-03-11', { year: 1445, month: 9, day: 1 }],
    ['2025-03-30', { year: 1446, month: 10, day: 1 }],
    ['2025-06-26', { year: 1447, month: 1, day: 1 }],
    ['2026-02-18', { year: 1447, month: 9, day: 1 }],
    ['2026-05-27', { year: 1447, month: 12, day: 10 }],
  ])('%s is known both ways', (date, hijri) => {
    expect(hijriOf(date)).toEqual(hijri);
    expect(gregorianOf(hijri)).toBe(date);
  });

  it('go to the Gregorian calendar and back', () => {
    const days = fc.integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2100, 0, 1) / 86_400_000 });
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(gregorianOf(hijriOf(date))).toBe(date);
      }),
      { numRuns: 1_000 },
    );
  });

  it('have months of 29 or 30 days, each of which begins the day after the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1320, max: 1500 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const first = gregorianOf({ year, month, day: 1 });
        const next =
          month === 12
            ? gregorianOf({ year: year + 1, month: 1, day: 1 })
            : gregorianOf({ year, month: month + 1, day: 1 });
        const days = (Date.parse(next ?? '') - Date.parse(first ?? '')) / 86_400_000;
        expect([29, 30]).toContain(days);
        expect(gregorianOf({ year, month, day: 30 }) === null).toBe(days === 29);
      }),
    );
  });

  it.each([
    { year: 1447, month: 13, day: 1 },
    { year: 1447, month: 9, day: 31 },
    { year: 1447, month: 0, day: 1 },
  ])('that do not exist are null', (hijri) => {
    expect(gregorianOf(hijri)).toBeNull();
  });
});
