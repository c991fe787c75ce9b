import { z } from 'zod';

/** The two languages that Wasl speaks (CH-25). */
export const languages = ['ar', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text in one or both languages. */
export const localText = z.object({ ar: z.string().min(1), en: z.string().min(1) }).partial();
export type LocalText = z.infer<typeof localText>;

/** A text that the organisation must give in both languages. */
export const bothTexts = z.object({ ar: z.string().min(1), en: z.string().min(1) });
export type BothTexts = z.infer<typeof bothTexts>;

/** The text in the wanted language, else in the other, else empty. */
export const inLanguage = (text: LocalText, language: Language): string => text[language] ?? text.ar ?? text.en ?? '';
