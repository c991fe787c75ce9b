import { useTranslation } from 'react-i18next';
import { isolate } from '../ui/isolate.ts';

/** Latin digits in both languages, as everywhere on these pages. */
const locales = { ar: 'ar-SA-u-nu-latn', en: 'en-GB' } as const;

const localeOf = (language: string): string => (language === 'en' ? locales.en : locales.ar);

/** Money with its name, such as "12.50 US dollars"; only the number where the currency is not known. Cents unless less counts. */
export function sayMoney(language: string, amount: number, currency: string | null): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: amount > 0 && amount < 1 ? 3 : 2 };
  const named = currency === null ? {} : ({ style: 'currency', currency, currencyDisplay: 'name' } as const);
  return new Intl.NumberFormat(localeOf(language), { ...named, ...digits }).format(amount);
}

/** A count with its thousands apart. */
export const sayCount = (language: string, count: number): string =>
  new Intl.NumberFormat(localeOf(language)).format(count);

/** What a currency is called; its code where that is not known. */
export const currencyName = (language: string, currency: string): string =>
  new Intl.DisplayNames(localeOf(language), { type: 'currency' }).of(currency) ?? currency;

/** Money and counts in the language of the page, each kept in its own order. */
export function useMoney() {
  const { language } = useTranslation().i18n;
  return {
    money: (amount: number, currency: string | null) => isolate(sayMoney(language, amount, currency)),
    count: (count: number) => isolate(sayCount(language, count)),
    currency: (code: string) => currencyName(language, code),
  };
}
