import type { Language } from './language.ts';

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/** The text in its own direction: numbers, names and links keep their order inside a sentence of the other direction. */
export const isolate = (text: string): string => `${firstStrongIsolate}${text}${popIsolate}`;

export type Direction = 'rtl' | 'ltr';

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Direction of a text by its first letter; a text without letters has the direction of `language`. */
export const direction = (text: string, language: Language = 'ar'): Direction => {
  const letter = /\p{L}/u.exec(text)?.[0];
  if (letter === undefined) return language === 'ar' ? 'rtl' : 'ltr';
  return rightToLeft.test(letter) ? 'rtl' : 'ltr';
};
