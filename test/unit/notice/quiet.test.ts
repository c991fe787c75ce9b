import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../../src/notice/quiet.ts';

const night = { from: '21:00', to: '07:00' };
const at = (time: string): number => Date.parse(`2026-11-22T${time}:00.000Z`);
const until = (time: string, quiet = night, zone = 'Asia/Riyadh'): string | null => {
  const ms = quietUntil(quiet, zone, at(time));
  return ms === null ? null : new Date(ms).toISOString();
};

describe('quiet hours', () => {
  it('last over midnight to the morning, on the clock of the organisation', () => {
    expect(until('17:59')).toBeNull();
    expect(until('18:00')).toBe('2026-11-23T04:00:00.000Z');
    expect(until('22:30')).toBe('2026-11-23T04:00:00.000Z');
    expect(until('03:59')).toBe('2026-11-22T04:00:00.000Z');
    expect(until('04:00')).toBeNull();
    expect(until('18:00', night, 'UTC')).toBeNull();
  });

  it('may be within a day, and never where they begin when they end', () => {
    const noon = { from: '12:00', to: '13:30' };
    expect(until('09:15', noon)).toBe('2026-11-22T10:30:00.000Z');
    expect(until('10:30', noon)).toBeNull();
    expect(until('10:30', { from: '07:00', to: '07:00' })).toBeNull();
  });

  it('end when the clock has skipped their end', () => {
    const before = Date.parse('2026-03-29T00:30:00.000Z');
    const skipped = quietUntil({ from: '22:00', to: '02:30' }, 'Europe/Berlin', before);
    expect(new Date(skipped ?? 0).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  });

  it('end at their time on the clock, within a day, and not again at once: in every zone that keeps its clock', () => {
    const zones = ['Asia/Riyadh', 'Asia/Kolkata', 'America/Phoenix', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'UTC'];
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const shown = (zone: string, ms: number): string =>
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(ms);
    const now = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), clock, clock, now, (zone, from, to, ms) => {
        const end = quietUntil({ from, to }, zone, ms);
        const time = shown(zone, ms);
        const isQuiet = from <= to ? from <= time && time < to : from <= time || time < to;
        expect(end !== null).toBe(isQuiet);
        if (end === null) return;
        expect(end).toBeGreaterThan(ms);
        expect(end - ms).toBeLessThanOrEqual(86_400_000);
        expect(shown(zone, end)).toBe(to);
        expect(quietUntil({ from, to }, zone, end)).toBeNull();
      }),
    );
  });
});
