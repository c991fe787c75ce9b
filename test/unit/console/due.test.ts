import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, nextPromise, urgencyOf } from '../../../src/web/console/time/due.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const unitMs = { moment: 0, minutes: minute, hours: hour, days: day };

describe('a length of time', () => {
  it.each([
    [59_999, { unit: 'moment', count: 0 }],
    [minute, { unit: 'minutes', count: 1 }],
    [59 * minute + 59_000, { unit: 'minutes', count: 59 }],
    [hour, { unit: 'hours', count: 1 }],
    [47 * hour, { unit: 'hours', count: 47 }],
    [2 * day, { unit: 'days', count: 2 }],
    [-3 * hour, { unit: 'hours', count: 3 }],
  ] as const)('of %d ms is said in one unit', (ms, length) => {
    expect(lengthOf(ms)).toEqual(length);
  });

  it('is never said longer than it is, nor shorter by a whole unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: minute, max: 400 * day }), (ms) => {
        const { unit, count } = lengthOf(ms);
        const said = count * unitMs[unit];
        expect(said).toBeLessThanOrEqual(ms);
        expect(ms - said).toBeLessThan(unitMs[unit]);
      }),
    );
  });
});

const early = '2026-11-25T08:00:00.000Z';
const late = '2026-11-28T08:00:00.000Z';
const running = { status: 'open', respondedAt: null, dueAt: { firstResponse: early, resolution: late } } as const;

describe('the promise that runs out next', () => {
  it('is the first response until a person has answered', () => {
    expect(nextPromise(running)).toEqual({ kind: 'firstResponse', at: early });
    expect(nextPromise({ ...running, respondedAt: early })).toEqual({ kind: 'resolution', at: late });
  });

  it('is the resolution where that comes first', () => {
    expect(nextPromise({ ...running, dueAt: { firstResponse: late, resolution: early } })?.kind).toBe('resolution');
  });

  it.each(['resolved', 'closed', 'rejected'] as const)('is none once the ticket is %s', (status) => {
    expect(nextPromise({ ...running, status })).toBeNull();
  });

  it('is none where nothing was promised', () => {
    expect(nextPromise({ ...running, dueAt: { firstResponse: null, resolution: null } })).toBeNull();
  });
});

describe('the urgency of a due time', () => {
  const now = Date.parse(early);
  const at = (ms: number): string => new Date(now + ms).toISOString();
  it('is late from the moment after, soon within four hours, calm before', () => {
    expect(urgencyOf(at(-1), now)).toBe('late');
    expect(urgencyOf(at(0), now)).toBe('soon');
    expect(urgencyOf(at(4 * hour - 1), now)).toBe('soon');
    expect(urgencyOf(at(4 * hour), now)).toBe('calm');
  });
});
