import type { Language } from '../protocol.ts';

/** Puts values into a text's `{name}` places; a place without a value stays empty. */
export const fill = (text: string, values: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Gregorian with Latin digits in both languages: what Arabic readers of public portals here are used to. */
const locales: Record<Language, string> = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB-u-nu-latn' };

/** The clock time of an ISO time, where the visitor is. */
export const timeOf = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { hour: 'numeric', minute: '2-digit', hour12: true }).format(new Date(at));

const dayNumber = (date: Date): number => Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);

/** Whether two ISO times fall on one day, where the visitor is. */
export const isSameDay = (one: string, other: string): boolean =>
  dayNumber(new Date(one)) === dayNumber(new Date(other));

/** A day as a separator says it: today, yesterday, or its date. */
export function dayOf(at: string, now: Date, language: Language, texts: Readonly<Record<string, string>>): string {
  const date = new Date(at);
  const age = dayNumber(now) - dayNumber(date);
  if (age === 0 && texts.today) return texts.today;
  if (age === 1 && texts.yesterday) return texts.yesterday;
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(locales[language], { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(
    date,
  );
}

/** A size for people: `1.4 MB`. */
export function sizeOf(bytes: number, language: Language): string {
  const [unit, value] =
    bytes >= 1_048_576 ? (['megabyte', bytes / 1_048_576] as const) : (['kilobyte', bytes / 1024] as const);
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locales[language], format).format(Math.max(0.1, value));
}
