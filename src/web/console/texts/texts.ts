import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, rememberedLanguage, turnPageTo } from '../../ui/language.ts';
import { ar } from './ar.ts';
import type { arCasework } from './ar-casework.ts';
import type { arInboxes } from './ar-inboxes.ts';
import type { arKnowledge } from './ar-knowledge.ts';
import type { arUsage } from './ar-usage.ts';
import { addDeskTextsIn } from './desk.ts';
import type { arDesk } from './desk-ar.ts';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof ar &
        typeof arDesk &
        typeof arInboxes &
        typeof arUsage &
        typeof arCasework &
        typeof arKnowledge;
    };
  }
}

/** Makes the texts ready in the remembered language, with the page turned its way. Call before the first render. */
export async function startTexts(): Promise<void> {
  const language = rememberedLanguage();
  turnPageTo(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ar',
    resources: { ar: { translation: ar }, en: { translation: en } },
    // React escapes; escaping twice would show entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** Switches the language of texts and page, and remembers it. */
export async function speak(language: Language): Promise<void> {
  await addDeskTextsIn(language);
  turnPageTo(language);
  await i18next.changeLanguage(language);
}
