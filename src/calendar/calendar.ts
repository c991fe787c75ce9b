import { z } from 'zod';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time as HH:MM, 24:00 at most');

const isRealDate = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date as YYYY-MM-DD')
  .refine(isRealDate, 'this date does not exist: check the day and the month');

const isKnownTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
const timeZone = z.string().refine(isKnownTimeZone, 'write a known time zone such as Asia/Riyadh');

/** Open from the first to the second local time of a day; the second is not included. "24:00" ends a day. */
export const interval = z
  .tuple([clock, clock])
  .refine(
    ([opens, closes]) => opens < closes,
    'the second time must be after the first; hours past midnight are two entries, one to 24:00 and one from 00:00 on the next day',
  );
export type Interval = z.infer<typeof interval>;

const inOrder = (list: readonly Interval[]): boolean =>
  list.every((current, index) => {
    const before = list[index - 1];
    return before === undefined || before[1] <= current[0];
  });
const intervals = z
  .array(interval)
  .refine(inOrder, 'write the opening times of a day from early to late, without overlap');

/** Weekly opening; a day that is absent is closed. */
export const week = z
  .object({
    sun: intervals,
    mon: intervals,
    tue: intervals,
    wed: intervals,
    thu: intervals,
    fri: intervals,
    sat: intervals,
  })
  .partial();
export type Week = z.infer<typeof week>;

const range = z
  .object({ from: day, to: day, week })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'the last date must not be before the first' });

const exceptions = z
  .array(z.object({ date: day, intervals }))
  .refine(
    (list) => new Set(list.map(({ date }) => date)).size === list.length,
    'one date has two exceptions: put all its opening times into one',
  );

/**
 * Working time of an organisation in a time zone. A date's opening is decided by the first that speaks of it:
 * exceptions, then holidays (closed), then ranges (both dates included; of several the first), then the week
 * (architecture.md section 5). A range replaces the whole week: a day that is absent in it is closed.
 *
 * A calendar is a value. What was computed of one is kept by identity, so change it by making another.
 */
export const calendar = z.object({
  timeZone,
  week,
  ranges: z.array(range).optional(),
  exceptions: exceptions.optional(),
  holidays: z.array(day).optional(),
});
export type Calendar = z.infer<typeof calendar>;
