import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workingMinutesBetween } from '../../../src/calendar/business-time.ts';
import { periodOf } from '../../../src/report/asked-period.ts';
import { lastOccurrence } from '../../../src/report/occurrence.ts';
import { dayAfter, dayAt, instantAt, officeOf, openMsBetween } from '../../../src/report/office.ts';
import { spansOf } from '../../../src/report/spans-of.ts';
import { anOrganisation } from '../casework/builders.ts';

const riyadh = 'Asia/Riyadh';
const ms = (text: string): number => Date.parse(text);
const aDay = fc.integer({ min: 0, max: 4_000 }).map((days) => dayAfter('2020-01-01', days));

describe('the period of a report', () => {
  const now = { timeZone: riyadh, nowMs: ms('2026-11-25T22:30:00.000Z') };

  it('is this month, or the last seven days, today in the office included', () => {
    expect(periodOf({}, { ...now, usually: 'month' })).toEqual({ from: '2026-11-01', to: '2026-11-27' });
    expect(periodOf({}, { ...now, usually: 'week' })).toEqual({ from: '2026-11-20', to: '2026-11-27' });
    expect(periodOf({ to: '2026-11-01' }, { ...now, usually: 'month' })).toEqual({
      from: '2026-10-01',
      to: '2026-11-01',
    });
  });

  it('must begin before it ends, and last ten years at most', () => {
    const asked = (from?: string, to?: string) => () => periodOf({ from, to }, { ...now, usually: 'month' });
    expect(asked('2026-11-10', '2026-11-10')).toThrow('query.to: it must come after "from"');
    expect(asked('2026-11-10', '2026-11-09')).toThrow('query.to');
    expect(asked('2027-01-01')).toThrow('query.from: it lies after today');
    expect(asked('2001-01-01', '2026-01-01')).toThrow('ten years at most');
    expect(asked('2016-12-01', '2026-11-27')).not.toThrow();
    expect(asked('1900-01-01', '1905-01-01')).toThrow('query.from: not before 2000-01-01');
    expect(asked('2030-01-01', '2031-01-01')).toThrow('query.from: it lies after today');
    expect(asked(undefined, '1999-12-31')).toThrow('query.from: not before 2000-01-01');
  });

  it('is read as whole months and the days at its ends', () => {
    expect(spansOf({ from: '2026-01-15', to: '2026-04-03' })).toEqual([
      { span: 'day', from: '2026-01-15', to: '2026-02-01' },
      { span: 'month', from: '2026-02', to: '2026-04' },
      { span: 'day', from: '2026-04-01', to: '2026-04-03' },
    ]);
    expect(spansOf({ from: '2026-01-01', to: '2027-01-01' })).toEqual([
      { span: 'month', from: '2026-01', to: '2027-01' },
    ]);
    expect(spansOf({ from: '2026-01-30', to: '2026-02-20' })).toEqual([
      { span: 'day', from: '2026-01-30', to: '2026-02-20' },
    ]);
  });

  it('takes each of its days once, whichever they are', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 900 }), (from, length) => {
        const to = dayAfter(from, length);
        const days = Array.from({ length }, (_, at) => dayAfter(from, at));
        const parts = spansOf({ from, to });
        for (const day of [...days, dayAfter(from, -1), to]) {
          const inIt = parts.filter((part) => {
            const at = part.span === 'day' ? day : day.slice(0, 7);
            return part.from <= at && at < part.to;
          });
          expect(inIt.length, `${day} of ${from} to ${to}`).toBe(days.includes(day) ? 1 : 0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the last time that a weekly report was due', () => {
  const plan = { day: 'sun', at: '08:00' } as const;

  it('is this week’s from its minute on, before that last week’s', () => {
    expect(lastOccurrence(plan, riyadh, ms('2026-11-29T05:00:00.000Z'))).toEqual({
      day: '2026-11-29',
      atMs: ms('2026-11-29T05:00:00.000Z'),
    });
    expect(lastOccurrence(plan, riyadh, ms('2026-11-29T04:59:59.999Z')).day).toBe('2026-11-22');
    expect(lastOccurrence(plan, riyadh, ms('2026-11-28T22:00:00.000Z')).day).toBe('2026-11-22');
  });

  it('is within the last seven days and on that weekday, also where the clock is changed', () => {
    const zones = fc.constantFrom(riyadh, 'Europe/Berlin', 'Asia/Beirut', 'America/New_York');
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
    fc.assert(
      fc.property(zones, fc.nat(6), fc.nat(1439), fc.nat(500 * 24 * 60), (zone, weekday, minute, later) => {
        const at = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const now = ms('2026-01-01T00:00:00.000Z') + later * 60_000;
        const { day, atMs } = lastOccurrence({ day: days[weekday] ?? 'sun', at }, zone, now);
        expect(atMs).toBeLessThanOrEqual(now);
        expect(now - atMs).toBeLessThanOrEqual((7 * 24 + 1) * 3_600_000);
        expect(new Date(`${day}T00:00:00Z`).getUTCDay()).toBe(weekday);
        expect(dayAt(zone, atMs)).toBe(day);
      }),
      { numRuns: 200 },
    );
  });

  it('is the next time that there is where the clock leaps over it', () => {
    // Berlin goes from 02:00 to 03:00 on 29 March 2026
    expect(instantAt('Europe/Berlin', '2026-03-29', '02:30')).toBe(ms('2026-03-29T01:00:00.000Z'));
  });
});

describe('open time between two instants', () => {
  it('is what the reckoning of a calendar gives', () => {
    const { calendar } = officeOf(anOrganisation());
    if (!calendar) throw new Error('the shipped calendar is there');
    const start = ms('2026-08-01T00:00:00.000Z');
    fc.assert(
      fc.property(fc.nat(120 * 86_400_000), fc.nat(20 * 86_400_000), (after, length) => {
        const from = start + after;
        const { workingMinutes } = workingMinutesBetween(calendar, from, from + length);
        expect(openMsBetween(calendar, from, from + length)).toBe(Math.round(workingMinutes * 60_000));
      }),
      { numRuns: 200 },
    );
  });
});
