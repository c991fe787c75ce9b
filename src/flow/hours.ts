import type { Calendar, Interval } from '../calendar/calendar.ts';
import { confirmedCalendar } from '../calendar/confirmed.ts';
import { closingTime, type DayGroup, hoursSummary, isOpen, nextOpening } from '../calendar/hours.ts';
import { type Weekday, weekdays } from '../calendar/opening.ts';
import type { Language } from '../language/language.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Hours } from './context.ts';

const locale = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB' } as const;
const joints = { ar: { to: ' إلى ', and: ' و', from: 'من ' }, en: { to: ' to ', and: ' and ', from: '' } } as const;

/** 2 January 2000 was a Sunday. */
const sunday = Date.UTC(2000, 0, 2);
const dayMs = 86_400_000;

const dayName = (day: Weekday, language: Language): string =>
  new Intl.DateTimeFormat(locale[language], { weekday: 'long', timeZone: 'UTC' }).format(
    sunday + weekdays.indexOf(day) * dayMs,
  );

/** "7:30 am", "2:30 م": a clock time as people say it. */
const clockName = (time: string, language: Language): string => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const options = { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'UTC' } as const;
  const at = sunday + (hours * 60 + minutes) * 60_000;
  return new Intl.DateTimeFormat(locale[language], options).format(at).replaceAll(' ', '\u00a0');
};

const intervalName = ([from, to]: Interval, language: Language): string =>
  `${joints[language].from}${clockName(from, language)}${joints[language].to}${clockName(to, language)}`;

const groupName = ({ days, intervals }: DayGroup, language: Language): string => {
  const first = dayName(days[0] ?? 'sun', language);
  const last = dayName(days.at(-1) ?? 'sun', language);
  const span = days.length === 1 ? first : `${joints[language].from}${first}${joints[language].to}${last}`;
  const comma = language === 'ar' ? '، ' : ', ';
  return `${span}${comma}${intervals.map((one) => intervalName(one, language)).join(joints[language].and)}`;
};

/** The week's hours in words: "Sunday to Thursday, 7:30 am to 2:30 pm". */
export const hoursText = (calendar: Calendar, language: Language): string =>
  hoursSummary(calendar.week)
    .filter((group) => group.intervals.length > 0)
    .map((group) => groupName(group, language))
    .join(language === 'ar' ? '؛ ' : '; ');

/** The calendar that the organisation's working hours come from; proposed holidays count once confirmed. */
export function workingCalendar({ organisation, calendars }: OrganisationSnapshot): Calendar {
  const named = calendars.find((one) => one.id === organisation.calendarId);
  if (!named) throw new Error(`the organisation's calendar "${organisation.calendarId}" does not exist`);
  return confirmedCalendar(named);
}

const texts = new WeakMap<OrganisationSnapshot, Partial<Record<Language, string>>>();

/** The words of the week's hours change only with the settings. */
const keptText = (snapshot: OrganisationSnapshot, calendar: Calendar, language: Language): string => {
  const kept = texts.get(snapshot) ?? {};
  kept[language] ??= hoursText(calendar, language);
  texts.set(snapshot, kept);
  return kept[language];
};

/** Whether people are there at `now` (ms), until when, and when they come back. */
export function calendarHours(snapshot: OrganisationSnapshot, language: Language, now: number): Hours {
  const calendar = workingCalendar(snapshot);
  const open = isOpen(calendar, now);
  return {
    open,
    closesAt: open ? (closingTime(calendar, now)?.at ?? null) : null,
    nextOpenAt: open ? null : (nextOpening(calendar, now)?.at ?? null),
    text: keptText(snapshot, calendar, language),
  };
}
