import { describe, expect, it } from 'vitest';
import type { Week } from '../../../src/calendar/calendar.ts';
import { closingTime, hoursSummary, isOpen, nextOpening } from '../../../src/calendar/hours.ts';
import { aCalendar, everyDay, riyadh } from './builders.ts';

const office = aCalendar({ holidays: ['2026-11-29'] });

describe('open or closed', () => {
  it.each([
    ['before opening', '2026-11-26 07:29', false],
    ['at opening', '2026-11-26 07:30', true],
    ['just before closing', '2026-11-26 14:29', true],
    ['at closing', '2026-11-26 14:30', false],
    ['on the weekend', '2026-11-27 10:00', false],
    ['on a holiday', '2026-11-29 10:00', false],
  ])('%s', (_, at, open) => {
    expect(isOpen(office, riyadh(at))).toBe(open);
  });
});

describe('the next opening', () => {
  it('is the day when people are back, holidays left out, with its local date and time', () => {
    expect(nextOpening(office, riyadh('2026-11-26 14:30'))).toEqual({
      at: '2026-11-30T04:30:00.000Z',
      date: '2026-11-30',
      time: '07:30',
    });
  });

  it('is now while open', () => {
    expect(nextOpening(office, riyadh('2026-11-26 08:00'))?.time).toBe('08:00');
  });

  it('is null when nothing opens again', () => {
    expect(nextOpening(aCalendar({ week: {} }), riyadh('2026-11-26 08:00'))).toBeNull();
  });

  it('keeps the fault of a time zone that does not exist', () => {
    expect(() => nextOpening({ timeZone: 'Asia/Atlantis', week: {} }, 0)).toThrow(RangeError);
  });
});

describe('the closing time', () => {
  it('is the end of the running opening', () => {
    expect(closingTime(office, riyadh('2026-11-26 08:00'))).toEqual({
      at: '2026-11-26T11:30:00.000Z',
      date: '2026-11-26',
      time: '14:30',
    });
  });

  it('goes past midnight with the opening', () => {
    const night = everyDay('Asia/Riyadh', ['00:00', '06:00'], ['22:00', '24:00']);
    expect(closingTime(night, riyadh('2026-11-26 23:00'))).toMatchObject({ date: '2026-11-27', time: '06:00' });
  });

  it('is null while closed and around the clock', () => {
    expect(closingTime(office, riyadh('2026-11-26 15:00'))).toBeNull();
    expect(closingTime(everyDay('Asia/Riyadh', ['00:00', '24:00']), riyadh('2026-11-26 15:00'))).toBeNull();
  });
});

describe('the summary of a week', () => {
  const short: Week['sun'] = [['08:00', '12:00']];
  const long: Week['sun'] = [['08:00', '16:00']];

  it.each<[string, Week, [string, number][]]>([
    ['nothing: one closed group', {}, [['sun mon tue wed thu fri sat', 0]]],
    [
      'Sunday to Thursday',
      { sun: long, mon: long, tue: long, wed: long, thu: long, fri: [] },
      [
        ['sun mon tue wed thu', 1],
        ['fri sat', 0],
      ],
    ],
    [
      'Monday to Friday, the weekend around Saturday',
      { mon: long, tue: long, wed: long, thu: long, fri: long },
      [
        ['mon tue wed thu fri', 1],
        ['sat sun', 0],
      ],
    ],
    [
      'Saturday to Wednesday as one',
      { sat: long, sun: long, mon: long, tue: long, wed: long },
      [
        ['thu fri', 0],
        ['sat sun mon tue wed', 1],
      ],
    ],
    [
      'a short day apart, and equal days that are not neighbours apart',
      { sun: long, mon: long, tue: short, wed: long, thu: long },
      [
        ['sun mon', 1],
        ['tue', 1],
        ['wed thu', 1],
        ['fri sat', 0],
      ],
    ],
  ])('of %s', (_, week, groups) => {
    expect(hoursSummary(week).map(({ days, intervals }) => [days.join(' '), intervals.length])).toEqual(groups);
  });

  it('gives the opening times of each group', () => {
    expect(hoursSummary({ sun: short, mon: long })[0]?.intervals).toEqual([['08:00', '12:00']]);
  });
});
