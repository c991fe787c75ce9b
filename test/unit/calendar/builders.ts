import { type Calendar, calendar, type Interval } from '../../../src/calendar/calendar.ts';

const office: Interval[] = [['07:30', '14:30']];

/** The office of the default organisation: Sunday to Thursday, 07:30-14:30 in Riyadh (UTC+3, no daylight saving). */
export const aCalendar = (over: Partial<Calendar> = {}): Calendar =>
  calendar.parse({
    timeZone: 'Asia/Riyadh',
    week: { sun: office, mon: office, tue: office, wed: office, thu: office },
    ...over,
  });

/** A calendar that has these opening times on every day. */
export const everyDay = (timeZone: string, ...intervals: Interval[]): Calendar =>
  aCalendar({
    timeZone,
    week: {
      sun: intervals,
      mon: intervals,
      tue: intervals,
      wed: intervals,
      thu: intervals,
      fri: intervals,
      sat: intervals,
    },
  });

/** Riyadh wall time to ms: riyadh('2026-11-26 08:30'). */
export const riyadh = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+03:00`);

/** ms to Riyadh wall time, to the minute. */
export const inRiyadh = (ms: number): string =>
  new Date(ms + 3 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
