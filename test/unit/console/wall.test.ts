import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/web/console/tickets/possible-steps.ts';
import { instantOf, wallAt } from '../../../src/web/console/time/wall.ts';

describe('a date and time as it is typed', () => {
  it('is meant in the zone of the organisation', () => {
    expect(instantOf('Asia/Riyadh', '2026-11-25T14:00')).toBe('2026-11-25T11:00:00.000Z');
    expect(instantOf('Europe/Berlin', '2026-07-01T08:30')).toBe('2026-07-01T06:30:00.000Z');
    expect(wallAt('Asia/Riyadh', Date.parse('2026-11-25T21:30:00.000Z'))).toBe('2026-11-26T00:30');
  });

  it('is none where it is not whole', () => {
    expect(instantOf('Asia/Riyadh', '')).toBeNull();
  });

  it('comes back as it was typed, in any zone, but for an hour that a change of clocks leaves out', () => {
    const zones = fc.constantFrom('Asia/Riyadh', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu');
    // from the end of one change of clocks to the beginning of the next
    const minutes = fc.integer({ min: Date.UTC(2026, 5, 1) / 60_000, max: Date.UTC(2026, 8, 1) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const wall = wallAt(zone, minute * 60_000);
        expect(instantOf(zone, wall)).toBe(new Date(minute * 60_000).toISOString());
      }),
    );
  });
});

describe('the steps of a ticket', () => {
  it('are those that its status allows, what is most likely next first', () => {
    expect(stepsOf(['close', 'accept', 'delay', 'resolve', 'start'])).toEqual(['start', 'resolve', 'delay', 'close']);
    expect(stepsOf(['reopen', 'close'])).toEqual(['close']);
    expect(stepsOf(['reopen', 'object'])).toEqual([]);
  });
});
