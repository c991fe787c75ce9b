import type { Calendar, Interval, Week } from '../calendar/calendar.ts';
import { confirmedCalendar } from '../calendar/confirmed.ts';
import { closingTime, type DayGroup, hoursSummary, isOpen, nextOpening, weekAt } from '../calendar/hours.ts';
import { type Weekday, weekdays } from '../calendar/opening.ts';
import { clockWords, wholeDayWords } from '../language/clock-words.ts';
import type { Language } from '../language/language.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Hours } from './context.ts';

const locale = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB' } as const;
const joints = {
  ar: { to: ' إلى ', and: ' و', from: 'من ', comma: '، ', daily: 'يوميًا' },
  en: { to: ' to ', and: ' and ', from: '', comma: ', ', daily: 'every day' },
} as const;

/** 2 January 2000 was a Sunday. */
const sunday = Date.UTC(2000, 0, 2);
const dayMs = 86_400_000;

const dayName = (day: Weekday, language: Language): string =>
  new Intl.DateTimeFormat(locale[language], { weekday: 'long', timeZone: 'UTC' }).format(
    sunday + weekdays.indexOf(day) * dayMs,
  );

/** In Arabic one letter tells the half of the day: it stays beside its hour. */
const hourName = (time: string, language: Language): string => {
  const words = clockWords(time, language);
  return language === 'ar' ? words.replace(/(?<=\d) /, '\u00a0') : words;
};

const intervalName = (interval: Interval, language: Language): string => {
  const { from, to } = joints[language];
  const [opens, closes] = interval;
  const whole = wholeDayWords(interval, language);
  return whole ?? `${from}${hourName(opens, language)}${to}${hourName(closes, language)}`;
};

const daysName = (days: readonly Weekday[], language: Language): string => {
  const { from, to, and, daily } = joints[language];
  const [first = 'sun'] = days;
  const last = days.at(-1) ?? first;
  if (days.length === 1) return dayName(first, language);
  if (days.length === 2) return `${dayName(first, language)}${and}${dayName(last, language)}`;
  return days.length === 7 ? daily : `${from}${dayName(first, language)}${to}${dayName(last, language)}`;
};

const groupName = ({ days, intervals }: DayGroup, language: Language): string =>
  `${daysName(days, language)}${joints[language].comma}${intervals
    .map((one) => intervalName(one, language))
    .join(joints[language].and)}`;

/** A week's hours in words: "Sunday to Thursday, 7:30 am to 2:30 pm"; empty where it never opens. */
export const hoursText = (week: Week, language: Language): string =>
  hoursSummary(week)
    .filter((group) => group.intervals.length > 0)
    .map((group) => groupName(group, language))
    .join(language === 'ar' ? '؛ ' : '; ');

/** The calendar that the organisation's working hours come from; proposed holidays count once confirmed. */
export function workingCalendar({ organisation, calendars }: OrganisationSnapshot): Calendar {
  const named = calendars.find((one) => one.id === organisation.calendarId);
  if (!named) throw new Error(`the organisation's calendar "${organisation.calendarId}" does not exist`);
  return confirmedCalendar(named);
}

const texts = new WeakMap<Week, Partial<Record<Language, string>>>();

/** The words of a week's hours change only with the settings. */
const keptText = (week: Week, language: Language): string => {
  const kept = texts.get(week) ?? {};
  kept[language] ??= hoursText(week, language);
  texts.set(week, kept);
  return kept[language];
};

/** Whether people are there at `now` (ms), until when, when they come back, and the hours of the week that counts now. */
export function calendarHours(snapshot: OrganisationSnapshot, language: Language, now: number): Hours {
  const calendar = workingCalendar(snapshot);
  const open = isOpen(calendar, now);
  return {
    open,
    closesAt: open ? (closingTime(calendar, now)?.at ?? null) : null,
    nextOpenAt: open ? null : (nextOpening(calendar, now)?.at ?? null),
    text: keptText(weekAt(calendar, now), language),
  };
}
