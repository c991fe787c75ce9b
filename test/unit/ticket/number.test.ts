import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTicketNumber, spokenGroups, ticketNumber } from '../../../src/ticket/number.ts';

const numbers = fc
  .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 9_999_999 }))
  .map(([year, counter]) => ticketNumber(year, counter));

describe('a ticket number', () => {
  it.each([
    [2026, 42, '26000428'],
    [2026, 1, '26000010'],
    [2031, 99_999, '31999992'],
    [2031, 100_000, '311000009'],
    [2100, 7, '00000076'],
  ])('of %i and counter %i is digits with a check digit at the end', (year, counter, number) => {
    expect(ticketNumber(year, counter)).toBe(number);
  });

  it('is known again', () => {
    fc.assert(fc.property(numbers, (number) => isTicketNumber(number)));
  });

  it('is another for another year or counter', () => {
    const made = [2026, 2027].flatMap((year) =>
      Array.from({ length: 2_000 }, (_, index) => ticketNumber(year, 99_000 + index)),
    );
    expect(new Set(made).size).toBe(made.length);
  });

  it('is not known with any one digit changed', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        for (const [at, digit] of [...number].entries()) {
          for (const other of '0123456789'.replace(digit, '')) {
            expect(isTicketNumber(number.slice(0, at) + other + number.slice(at + 1))).toBe(false);
          }
        }
      }),
    );
  });

  it('is not known with any two neighbours swapped', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        for (let at = 0; at + 1 < number.length; at += 1) {
          const [one, other] = [number[at], number[at + 1]];
          if (one === other) continue;
          expect(isTicketNumber(number.slice(0, at) + other + one + number.slice(at + 2))).toBe(false);
        }
      }),
    );
  });

  it.each(['', '26', '0', '26000000', '2600042', ' 26000428', '26000428 ', '٢٦٠٠٠٤٢٨', '260000428', 'abcdefgh'])(
    'is not "%s"',
    (text) => {
      expect(isTicketNumber(text)).toBe(false);
    },
  );

  it('has no zeros in front of a counter of six digits, so that one counter has one number', () => {
    for (const digit of '0123456789') expect(isTicketNumber(`26000042${digit}`)).toBe(false);
  });

  it('is read aloud in groups', () => {
    expect(spokenGroups('26000428')).toEqual(['26', '00042', '8']);
    expect(spokenGroups('311000009')).toEqual(['31', '100000', '9']);
    fc.assert(fc.property(numbers, (number) => spokenGroups(number).join('') === number));
  });
});
