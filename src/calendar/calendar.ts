import { z } from 'zod';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time as HH:MM, 24:00 at most');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');

/** Open from the first to the second local time of a day; the second is not included. "24:00" ends a day. */
export const interval = z.tuple([clock, clock]);
export type Interval = z.infer<typeof interval>;

/** Weekly opening; a day that is absent is closed. */
export const week = z
  .object({
    sun: z.array(interval),
    mon: z.array(interval),
    tue: z.array(interval),
    wed: z.array(interval),
    thu: z.array(interval),
    fri: z.array(interval),
    sat: z.array(interval),
  })
  .partial();
export type Week = z.infer<typeof week>;

/**
 * Working time of an organisation in a time zone. A date's opening is decided by the first that speaks of it:
 * exceptions, then holidays (closed), then ranges (both dates included), then the week (architecture.md section 5).
 */
export const calendar = z.object({
  timeZone: z.string().min(1),
  week,
  ranges: z.array(z.object({ from: day, to: day, week })).optional(),
  exceptions: z.array(z.object({ date: day, intervals: z.array(interval) })).optional(),
  holidays: z.array(day).optional(),
});
export type Calendar = z.infer<typeof calendar>;
