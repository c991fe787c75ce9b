import { saudiHolidays } from '../../calendar/saudi-holidays.ts';
import { inLanguage, type Language, type LocalText } from '../../language/language.ts';
import type { NamedCalendar } from '../../organisation/organisation.ts';
import type { HolidayView } from './contact-view.ts';
import { gregorianRange, hijriRange } from './words.ts';

const dayMs = 86_400_000;
const aheadDays = 365;

interface Holiday {
  from: string;
  to: string;
  name: string;
  isExpected: boolean;
}

const isNextDay = (date: string, after: string): boolean =>
  Date.parse(`${after}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`) === dayMs;

/** Days in a row with one name become one holiday. */
function joinDays(days: readonly Holiday[]): Holiday[] {
  const joined: Holiday[] = [];
  for (const day of days) {
    const last = joined.at(-1);
    const goesOn = last && last.name === day.name && last.isExpected === day.isExpected && isNextDay(last.to, day.from);
    if (last && goesOn) last.to = day.to;
    else joined.push({ ...day });
  }
  return joined;
}

/** The name of a day that the calendar only lists by date: a national day's, where it is one. */
function nameOf(date: string, language: Language, texts: Readonly<Record<string, string>>): string {
  const known: LocalText | undefined = saudiHolidays(Number(date.slice(0, 4))).find((one) => one.date === date)?.name;
  return known ? inLanguage(known, language) : (texts.holiday ?? '');
}

/** The public holidays of the year ahead of `today`, those that still wait for their announcement marked as expected. */
export function describeHolidays(
  { calendar, proposed = [] }: NamedCalendar,
  today: string,
  language: Language,
  texts: Readonly<Record<string, string>>,
): HolidayView[] {
  const end = new Date(Date.parse(`${today}T00:00:00Z`) + aheadDays * dayMs).toISOString().slice(0, 10);
  const named = new Map(proposed.map((one) => [one.date, one]));
  const certain = (calendar.holidays ?? []).filter((date) => !named.has(date));
  const days: Holiday[] = [
    ...certain.map((date) => ({ from: date, to: date, name: nameOf(date, language, texts), isExpected: false })),
    ...proposed.map(({ date, name, confirmed }) => ({
      from: date,
      to: date,
      name: inLanguage(name, language),
      isExpected: !confirmed,
    })),
  ];
  const ahead = days.filter(({ from }) => from >= today && from < end);
  ahead.sort((one, other) => one.from.localeCompare(other.from));
  return joinDays(ahead).map(({ from, to, name, isExpected }) => ({
    date: gregorianRange(from, to, language),
    hijri: hijriRange(from, to, language),
    name,
    ...(isExpected ? { isExpected } : {}),
  }));
}
