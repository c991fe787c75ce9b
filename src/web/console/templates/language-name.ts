import { useTranslation } from 'react-i18next';

/** The name of a language by the provider's code of it (`en_US`), in the language of the page. */
export function useLanguageName(): (code: string) => string {
  const { i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.language === 'en' ? 'en' : 'ar'], { type: 'language', fallback: 'code' });
  return (code) => {
    try {
      return names.of(code.replaceAll('_', '-')) ?? code;
    } catch {
      return code;
    }
  };
}
