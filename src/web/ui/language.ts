export const languages = ['ar', 'en'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'wasl-language';

const isLanguage = (value: string | null): value is Language => languages.some((one) => one === value);

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

/** The language last chosen in this browser; Arabic where none was. */
export function rememberedLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  return isLanguage(kept) ? kept : 'ar';
}

/** Remembers the choice and turns the page: the page's own direction must be set before Mantine's (it wins over it). */
export function turnPageTo(language: Language): void {
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
