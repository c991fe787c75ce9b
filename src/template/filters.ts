import type { FilterImplOptions } from 'liquidjs';
import type { Language } from '../language/language.ts';

const locale = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB' } as const;

const formatter = (language: Language, timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale[language], { timeZone, ...options });

/**
 * The Liquid filters of one language: `when` a time as day and clock ("Tuesday 25 November, 14:30"), `day`, `shortDay` (25 November),
 * `clock`, `count: one, two, few, many, other` an Arabic or English plural. Times are ISO strings, shown in the given zone.
 */
export function filters(language: Language, timeZone: string): Record<string, FilterImplOptions> {
  const day = formatter(language, timeZone, { weekday: 'long', day: 'numeric', month: 'long' });
  const shortDay = formatter(language, timeZone, { day: 'numeric', month: 'long' });
  const clock = formatter(language, timeZone, { hour: 'numeric', minute: '2-digit', hour12: true });
  /** In Arabic one letter tells the half of the day: it stays beside its hour. */
  const blank = language === 'ar' ? '\u00a0' : ' ';
  const clockOf = (at: string): string => clock.format(new Date(at)).replaceAll(' ', blank);
  const plural = new Intl.PluralRules(language);
  const comma = language === 'ar' ? '، الساعة ' : ', ';
  return {
    shortDay: (at: string) => shortDay.format(new Date(at)),
    day: (at: string) => day.format(new Date(at)),
    clock: clockOf,
    when: (at: string) => `${day.format(new Date(at))}${comma}${clockOf(at)}`,
    count: (n: number, ...forms: string[]) => {
      const order = ['zero', 'one', 'two', 'few', 'many', 'other'];
      const form = forms[order.indexOf(plural.select(n))] ?? forms.at(-1) ?? '';
      return form.replace('#', String(n));
    },
  };
}
