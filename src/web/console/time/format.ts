import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../api/organisation.ts';
import { lengthOf } from './due.ts';
import { useNow } from './use-now.ts';

/** Gregorian and Latin digits are said outright: what a browser takes for Arabic by itself differs. */
const locales = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB' } as const;

const shapes = {
  clock: { hour: '2-digit', minute: '2-digit', hour12: false },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  longDay: { weekday: 'long', day: 'numeric', month: 'long' },
  full: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Shape = keyof typeof shapes;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (language: string, timeZone: string, shape: Shape): Intl.DateTimeFormat => {
  const key = `${language} ${timeZone} ${shape}`;
  const known = formats.get(key);
  if (known) return known;
  const locale = language === 'en' ? locales.en : locales.ar;
  const made = new Intl.DateTimeFormat(locale, { ...shapes[shape], timeZone });
  formats.set(key, made);
  return made;
};

export interface Place {
  language: string;
  timeZone: string;
}

/** A point in time in words. `at` is an ISO time. */
export const formatTime = ({ language, timeZone }: Place, shape: Shape, at: string): string =>
  formatOf(language, timeZone, shape).format(new Date(at));

/** The calendar day of a time in a zone, as `2026-11-25`. */
export const dayOf = (timeZone: string, at: string | number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );

/** The shortest form that tells the time apart: the clock today, the day this year, else the date. */
export function shortTime(place: Place, at: string, now: number): string {
  const [day, today] = [dayOf(place.timeZone, at), dayOf(place.timeZone, now)];
  if (day === today) return formatTime(place, 'clock', at);
  return formatTime(place, day.slice(0, 4) === today.slice(0, 4) ? 'day' : 'date', at);
}

/** Times and lengths of time in the language of the page and the zone of the organisation. */
export function useTimes() {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const place = { language: i18n.language, timeZone: useTimeZone() };
  return {
    now,
    place,
    clock: (at: string) => formatTime(place, 'clock', at),
    short: (at: string) => shortTime(place, at, now),
    full: (at: string) => formatTime(place, 'full', at),
    /** "3 hours", without saying before or after. */
    length: (ms: number) => {
      const { unit, count } = lengthOf(ms);
      return unit === 'moment' ? t('durations.moment') : t(`durations.${unit}`, { count });
    },
  };
}
export type Times = ReturnType<typeof useTimes>;
