import type { Language } from '../../language/language.ts';

const locales: Record<Language, string> = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB-u-ca-gregory-nu-latn' };
const hijriLocales: Record<Language, string> = {
  ar: 'ar-SA-u-ca-islamic-umalqura-nu-latn',
  en: 'en-GB-u-ca-islamic-umalqura-nu-latn',
};

/** Puts values into a text's `{name}` places. A text that is missing gives an empty one. */
export const fill = (text: string | undefined, values: Readonly<Record<string, string | number>>): string =>
  (text ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** A local date (YYYY-MM-DD), and clock time, in words. */
export const formatDate = (
  date: string,
  language: Language,
  options: Intl.DateTimeFormatOptions,
  time = '00:00',
): string => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const ms = Date.parse(`${date}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  return new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' }).format(ms);
};

const rangeOf = (locale: string, from: string, to: string): string => {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  // Node's English puts thin spaces around the dash in one calendar and not in the other
  return first === last ? format.format(first) : format.formatRange(first, last).replace(/\s*–\s*/u, '–');
};

/** The days from one date to another, in the Gregorian calendar. */
export const gregorianRange = (from: string, to: string, language: Language): string =>
  rangeOf(locales[language], from, to);

/** The same days in the Umm al-Qura calendar. */
export const hijriRange = (from: string, to: string, language: Language): string =>
  rangeOf(hijriLocales[language], from, to);
