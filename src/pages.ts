import { WaslError } from './errors.ts';
import { calendarHours } from './flow/hours.ts';
import { inLanguage, type Language } from './language/language.ts';
import type { LiveContent } from './live/follow.ts';
import { readContactAssets } from './web/contact/contact-assets.ts';
import { describeHours } from './web/contact/describe-hours.ts';
import { renderContactPage } from './web/contact/render.ts';

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

const builtAssets = (distDirectory: string) => {
  try {
    return readContactAssets(distDirectory);
  } catch (cause) {
    throw new WaslError('unavailable', 'The pages have not been built: run npm run build.', { cause });
  }
};

/** The organisation's contact page as it stands at `now` (ms), as a whole HTML document. */
export function contactPage(content: LiveContent, language: Language, now: number, distDirectory: string): string {
  const { organisation, services, calendars } = content.organisation();
  const calendar = calendars.find((one) => one.id === organisation.calendarId);
  if (!calendar) throw new WaslError('unavailable', `The calendar "${organisation.calendarId}" does not exist.`);
  const texts = content.words('contact-page', language);
  return renderContactPage({
    language,
    organisation,
    services,
    texts,
    hours: describeHours(calendar, language, now, texts),
    assets: builtAssets(distDirectory),
    widgetSrc: '/widget.js',
    alternateUrl: `/?lang=${language === 'ar' ? 'en' : 'ar'}`,
  });
}
