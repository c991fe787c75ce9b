import { describe, expect, it } from 'vitest';
import { saudiHolidays } from '../../../src/calendar/saudi-holidays.ts';

const dates = (year: number, moveable: boolean): string[] =>
  saudiHolidays(year)
    .filter((one) => one.moveable === moveable)
    .map(({ date }) => date.slice(5));

describe('Saudi public holidays', () => {
  it('of 2026: Ramadan has 30 days, so Eid al-Fitr begins on its last', () => {
    expect(dates(2026, true)).toEqual(['03-19', '03-20', '03-21', '03-22', '05-26', '05-27', '05-28', '05-29']);
  });

  it('of 2027: Ramadan has 29 days, so Eid al-Fitr begins on 1 Shawwal', () => {
    expect(dates(2027, true)).toEqual(['03-09', '03-10', '03-11', '03-12', '05-15', '05-16', '05-17', '05-18']);
  });

  it('have two Eids al-Fitr in 2033', () => {
    expect(dates(2033, true)).toEqual([
      ...['01-02', '01-03', '01-04', '01-05'],
      ...['03-11', '03-12', '03-13', '03-14'],
      ...['12-22', '12-23', '12-24', '12-25'],
    ]);
  });

  it('have Founding Day and National Day, which do not move', () => {
    for (const year of [2026, 2027, 2040]) expect(dates(year, false)).toEqual(['02-22', '09-23']);
  });

  it('come in order and with a name in both languages', () => {
    for (let year = 2020; year < 2060; year += 1) {
      const holidays = saudiHolidays(year);
      expect(holidays.map(({ date }) => date)).toEqual(holidays.map(({ date }) => date).sort());
      expect(holidays.every(({ name }) => /\p{Script=Arabic}/u.test(name.ar) && /^[\w -]+$/.test(name.en))).toBe(true);
      expect(holidays.every(({ date }) => date.startsWith(`${year}-`))).toBe(true);
    }
  });
});
