import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf } from '../../../src/calendar/zone.ts';

it('an instant is written as the language itself writes it, for all that there are', () => {
  const instants = fc.oneof(
    fc.date({ noInvalidDate: true }),
    fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
  );
  fc.assert(
    fc.property(instants, (date) => {
      expect(isoOf(date.getTime())).toBe(date.toISOString());
    }),
    { numRuns: 2000 },
  );
  expect(isoOf(0.7)).toBe('1970-01-01T00:00:00.000Z');
  expect(() => isoOf(Number.NaN)).toThrow(RangeError);
});
