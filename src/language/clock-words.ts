import type { Language } from './language.ts';

const locale = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB' } as const;
const midnight = { ar: 'منتصف الليل', en: 'midnight' } as const;
const always = { ar: 'على مدار الساعة', en: 'around the clock' } as const;

const options = { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'UTC' } as const;
const formats = {
  ar: new Intl.DateTimeFormat(locale.ar, options),
  en: new Intl.DateTimeFormat(locale.en, options),
} as const;

/** "7:30 am", "2:30 م": a clock time (HH:MM, 24:00 at most) as people say it. */
export function clockWords(time: string, language: Language): string {
  if (time === '24:00' || time === '00:00') return midnight[language];
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return formats[language].format((hours * 60 + minutes) * 60_000);
}

/** What is said of an interval that is a whole day; null of any other. */
export const wholeDayWords = ([from, to]: readonly [string, string], language: Language): string | null =>
  from === '00:00' && to === '24:00' ? always[language] : null;
