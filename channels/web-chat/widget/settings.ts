import type { Language } from './protocol.ts';

/** What the page that embeds the widget asks for, read from the script tag's `data-` attributes. */
export interface Settings {
  /** Where the script came from: everything else is fetched from there. */
  origin: string;
  language: Language;
  /** Empty: the server's default inbox. */
  inbox: string;
  /** The corner, in reading direction. */
  position: 'start' | 'end';
  /** `#rrggbb`. */
  color: string;
  open: boolean;
}

export const defaultColor = '#1b8354';

const languageOf = (wanted: string | undefined, pageLanguage: string): Language =>
  (wanted || pageLanguage).toLowerCase().startsWith('en') ? 'en' : 'ar';

const colorOf = (wanted: string | undefined): string => {
  const value = (wanted ?? '').trim().toLowerCase();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  return /^#[0-9a-f]{6}$/.test(value) ? value : defaultColor;
};

/** Reads the `data-` attributes; anything strange falls back to its default. `pageLanguage` is the page's own `lang`. */
export function readSettings(source: string, data: Record<string, string | undefined>, pageLanguage: string): Settings {
  return {
    origin: new URL(source).origin,
    language: languageOf(data.lang, pageLanguage),
    inbox: data.inbox ?? '',
    position: data.position === 'start' ? 'start' : 'end',
    color: colorOf(data.color),
    open: data.open !== undefined && data.open !== 'false',
  };
}
