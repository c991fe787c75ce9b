import { WaslError } from './errors.ts';
import type { SeenReferral, SeenSurvey } from './flow/casework/outside.ts';
import { calendarHours } from './flow/hours.ts';
import { inLanguage, type Language } from './language/language.ts';
import type { LiveContent } from './live/follow.ts';
import { workingZone } from './organisation/working-zone.ts';
import { readContactAssets } from './web/contact/contact-assets.ts';
import { describeHours } from './web/contact/describe-hours.ts';
import { renderContactPage } from './web/contact/render.ts';
import { renderReferPage } from './web/outside/refer-page.ts';
import { type LinkProblem, renderProblem, type Shell } from './web/outside/shell.ts';
import { renderSurveyPage } from './web/outside/survey-page.ts';

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

/** The pages that people outside reach by a link: by the start of their address. */
export type OutsidePage = 'survey' | 'refer';

/** What a form came back with: what was written in it, and the key of the text that says what is wrong. */
export interface FormFault {
  given?: string;
  fault?: string;
}

/** The pages for people outside, as whole HTML documents. */
export interface OutsidePages {
  survey(language: Language, seen: SeenSurvey, wrong?: FormFault): string;
  referral(language: Language, seen: SeenReferral, wrong?: FormFault): string;
  /** The page of a link that does not lead on. */
  problem(language: Language, page: OutsidePage, problem: LinkProblem): string;
}

/** The pages for people outside, as the organisation and its texts stand when they are asked for. `now` gives ms. */
export function outsidePages(content: LiveContent, now: () => number, distDirectory: string): OutsidePages {
  const shell = (language: Language, page: OutsidePage): Shell => {
    const snapshot = content.organisation();
    const { outside: style, icon, fonts } = builtAssets(distDirectory);
    const texts = content.words(`${page}-page`, language);
    const { organisation } = snapshot;
    return { language, organisation, texts, assets: { style, icon, fonts }, timeZone: workingZone(snapshot) };
  };
  return {
    survey: (language, seen, wrong = {}) => renderSurveyPage({ ...shell(language, 'survey'), ...wrong, seen }),
    referral(language, seen, wrong = {}) {
      const { organisation, casework, services } = content.organisation();
      const body = casework.bodies.find(({ id }) => id === seen.bodyId)?.name;
      const service = services.find(({ id }) => id === seen.matter?.service)?.name;
      return renderReferPage({
        ...shell(language, 'refer'),
        ...wrong,
        seen,
        body: body ? inLanguage(body, language) : '',
        unit: inLanguage(organisation.unit, language),
        type: seen.matter ? content.render()(`button-type-${seen.matter.type}`, language) : '',
        service: service ? inLanguage(service, language) : '',
        isLate: Date.parse(seen.dueAt) <= now(),
      });
    },
    problem: (language, page, problem) => renderProblem(shell(language, page), problem),
  };
}
