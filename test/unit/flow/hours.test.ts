import { describe, expect, it } from 'vitest';
import type { Week } from '../../../src/calendar/calendar.ts';
import { calendarHours, hoursText } from '../../../src/flow/hours.ts';
import type { OrganisationSnapshot } from '../../../src/organisation/settings.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const every = (intervals: [string, string][]): Week => Object.fromEntries(days.map((day) => [day, intervals]));
const office: Week = Object.fromEntries(days.slice(0, 5).map((day) => [day, [['07:30', '14:30']]]));
const ramadan: Week = Object.fromEntries(days.slice(0, 5).map((day) => [day, [['10:00', '15:00']]]));

describe('the hours of a week in words', () => {
  it.each([
    ['Sunday to Thursday, 7:30 am to 2:30 pm', 'من الأحد إلى الخميس، من 7:30 ص إلى 2:30 م', office],
    [
      'Sunday and Monday, 9:00 am to 5:00 pm',
      'الأحد والاثنين، من 9:00 ص إلى 5:00 م',
      { sun: [['09:00', '17:00']], mon: [['09:00', '17:00']] },
    ],
    ['Friday, 12:30 pm to 4:00 pm', 'الجمعة، من 12:30 م إلى 4:00 م', { fri: [['12:30', '16:00']] }],
    [
      'Monday, 8:00 am to 12:00 pm and 1:00 pm to 4:00 pm; Friday, 9:00 pm to midnight',
      'الاثنين، من 8:00 ص إلى 12:00 م ومن 1:00 م إلى 4:00 م؛ الجمعة، من 9:00 م إلى منتصف الليل',
      {
        mon: [
          ['08:00', '12:00'],
          ['13:00', '16:00'],
        ],
        fri: [['21:00', '24:00']],
      },
    ],
    ['every day, around the clock', 'يوميًا، على مدار الساعة', every([['00:00', '24:00']])],
    ['every day, midnight to 2:00 am', 'يوميًا، من منتصف الليل إلى 2:00 ص', every([['00:00', '02:00']])],
    ['', '', {}],
  ] as [string, string, Week][])('%j', (english, arabic, week) => {
    expect(hoursText(week, 'en')).toBe(english);
    expect(hoursText(week, 'ar').replaceAll('\u00a0', ' ')).toBe(arabic);
  });

  it('keep the letter of the half of the day beside its hour in Arabic, and have plain blanks in English', () => {
    expect(hoursText(office, 'ar')).toContain('7:30\u00a0ص');
    expect(hoursText(office, 'en')).toMatch(/^[ -~]+$/);
  });
});

describe('the hours that are told', () => {
  const calendar = {
    timeZone: 'Asia/Riyadh',
    week: office,
    ranges: [{ from: '2027-02-08', to: '2027-03-08', week: ramadan }],
    holidays: ['2026-09-23'],
  };
  const snapshot = {
    organisation: { calendarId: 'office' },
    calendars: [{ id: 'office', name: { ar: 'دوام', en: 'Office' }, calendar, proposed: [] }],
  } as unknown as OrganisationSnapshot;
  const told = (at: string) => calendarHours(snapshot, 'en', Date.parse(at));

  it('are those of Ramadan in Ramadan, from its first to its last day on the clock of the organisation', () => {
    expect(told('2027-02-07T20:59:00Z').text).toBe('Sunday to Thursday, 7:30 am to 2:30 pm');
    expect(told('2027-02-07T21:00:00Z').text).toBe('Sunday to Thursday, 10:00 am to 3:00 pm');
    expect(told('2027-03-08T20:59:00Z').text).toBe('Sunday to Thursday, 10:00 am to 3:00 pm');
    expect(told('2027-03-08T21:00:00Z').text).toBe('Sunday to Thursday, 7:30 am to 2:30 pm');
  });

  it('say when people are back: in Ramadan by its hours, and behind a holiday', () => {
    expect(told('2027-02-09T05:00:00Z')).toMatchObject({ open: false, nextOpenAt: '2027-02-09T07:00:00.000Z' });
    expect(told('2026-09-22T20:00:00Z')).toMatchObject({ open: false, nextOpenAt: '2026-09-24T04:30:00.000Z' });
    expect(told('2026-09-24T05:00:00Z')).toMatchObject({ open: true, closesAt: '2026-09-24T11:30:00.000Z' });
  });
});
