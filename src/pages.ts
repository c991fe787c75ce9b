import type { LiveContent } from './content/live.ts';
import { calendarHours } from './flow/hours.ts';
import { inLanguage, type Language } from './language/language.ts';

const direction = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

/** What the browser client of a channel may show: names, texts, hours, the privacy notice. `now` in ms. */
export function publicView(content: LiveContent, language: Language, now: number): Record<string, unknown> {
  const snapshot = content.organisation();
  const { name, unit, privacy } = snapshot.organisation;
  const hours = calendarHours(snapshot, language, now);
  return {
    language,
    direction: direction(language),
    name: inLanguage(name, language),
    unit: inLanguage(unit, language),
    texts: content.words('widget', language),
    hours: { open: hours.open, text: hours.text },
    privacy: { version: privacy.version, notice: inLanguage(privacy.notice, language) },
  };
}
