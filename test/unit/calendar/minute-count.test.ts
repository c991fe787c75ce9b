import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workingMinutesBetween } from '../../../src/calendar/business-time.ts';
import { dueAfter, openTimeBetween } from '../../../src/calendar/due.ts';
import { isOpen } from '../../../src/calendar/hours.ts';
import { cases, minutesIn } from './generated.ts';
import { minuteCount } from './minute-count.ts';

describe('business time agrees with a count of minutes on the wall clock', () => {
  it('for open or closed at an instant', () => {
    fc.assert(
      fc.property(cases, fc.array(minutesIn(0, 4_500), { maxLength: 50 }), (one, minutes) => {
        const slow = minuteCount(one.calendar);
        for (const ms of minutes.map((minute) => one.from + minute * 60_000)) {
          expect(isOpen(one.calendar, ms)).toBe(slow.isOpen(ms));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('for working minutes between two instants', () => {
    fc.assert(
      fc.property(cases, minutesIn(0, 3 * 1440), (one, minutes) => {
        const to = one.from + minutes * 60_000;
        const counted = minuteCount(one.calendar).between(one.from, to);
        expect(workingMinutesBetween(one.calendar, one.from, to).workingMinutes).toBe(counted);
        expect(openTimeBetween(one.calendar, one.from, to)).toBe(counted * 60_000);
      }),
      { numRuns: 300 },
    );
  });

  it('for deadlines in business minutes', () => {
    fc.assert(
      fc.property(cases, minutesIn(0, 900), (one, amount) => {
        expect(new Date(dueAfter(one.calendar, one.from, { amount, unit: 'business_minutes' }))).toEqual(
          new Date(minuteCount(one.calendar).afterMinutes(one.from, amount)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('for deadlines in business days', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 4 }), (one, amount) => {
        expect(new Date(dueAfter(one.calendar, one.from, { amount, unit: 'business_days' }))).toEqual(
          new Date(minuteCount(one.calendar).afterDays(one.from, amount)),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('business time to the millisecond', () => {
  const anywhere = fc.tuple(cases, fc.integer({ min: 0, max: 59_999 }));

  it('a deadline in business minutes has exactly its amount before it and stands at the end of open time', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 1, max: 20_000_000 }), ([one, shift], amountMs) => {
        const from = one.from + shift;
        const due = dueAfter(one.calendar, from, { amount: amountMs / 60_000, unit: 'business_minutes' });
        expect(workingMinutesBetween(one.calendar, from, due).workingMinutes * 60_000).toBeCloseTo(amountMs, 3);
        expect(isOpen(one.calendar, due - 1)).toBe(true);
      }),
    );
  });

  it('minutes add up: first a, then b, is a and b together', () => {
    fc.assert(
      fc.property(anywhere, fc.nat(600), fc.integer({ min: 1, max: 600 }), ([one, shift], first, second) => {
        const dueIn = (from: number, amount: number) =>
          dueAfter(one.calendar, from, { amount, unit: 'business_minutes' });
        expect(dueIn(dueIn(one.from + shift, first), second)).toBe(dueIn(one.from + shift, first + second));
      }),
    );
  });

  it('a later start or a longer time is never due earlier', () => {
    const unit = fc.constantFrom('business_minutes' as const, 'business_hours' as const, 'business_days' as const);
    fc.assert(
      fc.property(anywhere, unit, fc.nat(10), fc.nat(7_200_000), ([one, shift], unit, amount, later) => {
        const from = one.from + shift;
        const due = dueAfter(one.calendar, from, { amount, unit });
        expect(dueAfter(one.calendar, from, { amount: amount + 1, unit })).toBeGreaterThanOrEqual(due);
        if (unit !== 'business_days') {
          expect(dueAfter(one.calendar, from + later, { amount, unit })).toBeGreaterThanOrEqual(due);
        }
      }),
    );
  });

  it('the reckoning runs from start to end without a gap, and its counted minutes are the sum', () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 1, max: 5 * 86_400_000 }), ([one, shift], length) => {
        const from = one.from + shift;
        const { lines, workingMinutes } = workingMinutesBetween(one.calendar, from, from + length);
        const edges = lines.flatMap((line) => [Date.parse(line.from), Date.parse(line.to)]);
        expect([edges[0], edges.at(-1)]).toEqual([from, from + length]);
        for (let index = 1; index + 1 < edges.length; index += 2) expect(edges[index]).toBe(edges[index + 1]);
        for (const line of lines) {
          expect(Date.parse(line.to) - Date.parse(line.from)).toBeCloseTo(line.minutes * 60_000, 3);
          expect(isOpen(one.calendar, Date.parse(line.from))).toBe(line.counted);
          expect(isOpen(one.calendar, Date.parse(line.to) - 1)).toBe(line.counted);
        }
        const counted = lines.filter((line) => line.counted).reduce((sum, line) => sum + line.minutes, 0);
        expect(counted).toBeCloseTo(workingMinutes, 6);
      }),
    );
  });
});
