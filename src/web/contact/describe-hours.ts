import type { Calendar } from '../../calendar/calendar.ts';
import { confirmedCalendar } from '../../calendar/confirmed.ts';
import { closingTime, isOpen, type LocalInstant, nextOpening } from '../../calendar/hours.ts';
import { weekdays, weekOn } from '../../calendar/opening.ts';
import { clockWords, wholeDayWords } from '../../language/clock-words.ts';
import type { Language } from '../../language/language.ts';
import type { NamedCalendar } from '../../organisation/organisation.ts';
import type { DayView, HoursView } from './contact-view.ts';
import { describeHolidays } from './describe-holidays.ts';
import { fill, formatDate } from './words.ts';

const dayMs = 86_400_000;
/** 2 January 2000 was a Sunday. */
const aSunday = '2000-01-02';

type Texts = Readonly<Record<string, string>>;

const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Today's date on the calendar's own clock. */
const today = ({ timeZone }: Calendar, now: number): string =>
  new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', { timeZone, dateStyle: 'short' }).format(now);

function describeDays(calendar: Calendar, date: string, language: Language, texts: Texts): DayView[] {
  const week = weekOn(calendar, date);
  const now = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekdays.map((day, index) => ({
    label: formatDate(dateAfter(aSunday, index), language, { weekday: 'long' }),
    times: (week[day] ?? []).map(
      (interval) =>
        wholeDayWords(interval, language) ??
        fill(texts.interval, { from: clockWords(interval[0], language), to: clockWords(interval[1], language) }),
    ),
    ...(index === now ? { isToday: true } : {}),
  }));
}

function describeOpening({ date, time }: LocalInstant, now: string, language: Language, texts: Texts): string {
  const values = { time: clockWords(time, language) };
  if (date === now) return fill(texts.opensToday, values);
  if (date === dateAfter(now, 1)) return fill(texts.opensTomorrow, values);
  const day = formatDate(date, language, { weekday: 'long', day: 'numeric', month: 'long' });
  return fill(texts.opensOn, { ...values, day });
}

/** The working hours in words, as they stand at `now` (ms): the week, whether people are there, and when they are back. */
export function describeHours(named: NamedCalendar, language: Language, now: number, texts: Texts): HoursView {
  const calendar = confirmedCalendar(named);
  const date = today(calendar, now);
  const open = isOpen(calendar, now);
  const closes = open ? closingTime(calendar, now) : null;
  const opens = open ? null : nextOpening(calendar, now);
  const openText = closes ? fill(texts.openUntil, { time: clockWords(closes.time, language) }) : (texts.openNow ?? '');
  return {
    open,
    statusText: open ? openText : (texts.closedNow ?? ''),
    days: describeDays(calendar, date, language, texts),
    ...(opens ? { next: describeOpening(opens, date, language, texts) } : {}),
    holidays: describeHolidays(named, date, language, texts),
  };
}
