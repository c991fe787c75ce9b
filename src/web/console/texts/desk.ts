import i18next from 'i18next';
import type { Language } from '../../ui/language.ts';

const load = {
  ar: () => import('./desk-ar.ts').then(({ arDesk }) => arDesk),
  en: () => import('./desk-en.ts').then(({ enDesk }) => enDesk),
};

const there = new Set<Language>();
let isWanted = false;

async function add(language: Language): Promise<void> {
  if (there.has(language)) return;
  i18next.addResourceBundle(language, 'translation', await load[language](), true, true);
  there.add(language);
}

/** Makes the texts of the signed in ready, in the language that is spoken. Call before their first page is rendered. */
export function addDeskTexts(): Promise<void> {
  isWanted = true;
  return add(i18next.language === 'en' ? 'en' : 'ar');
}

/** Makes them ready in another language, where anybody is signed in. Call before it is spoken. */
export const addDeskTextsIn = (language: Language): Promise<void> => (isWanted ? add(language) : Promise.resolve());
