import { inLanguage, type Language } from '../../language/language.ts';
import type { Organisation } from '../../organisation/organisation.ts';
import { type Html, html } from '../contact/html.ts';

/** The built files that the pages use, by the address they are served at. */
export interface OutsideAssets {
  style: string;
  icon: string;
  /** The fonts that are worth loading ahead. */
  fonts: readonly string[];
}

/** What every page for people outside shows around its own. */
export interface Shell {
  language: Language;
  organisation: Organisation;
  /** The texts of `templates/<page>.<language>.yaml`. */
  texts: Readonly<Record<string, string>>;
  assets: OutsideAssets;
  /** Of dates, an IANA zone. */
  timeZone: string;
}

const other = (language: Language): Language => (language === 'ar' ? 'en' : 'ar');

const head = ({ assets }: Shell, title: string): Html => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${title}</title>
<meta name="theme-color" content="#0f4f33">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
${assets.fonts.map((font) => html`<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>`)}
<link rel="stylesheet" href="${assets.style}">
</head>`;

const topBar = ({ organisation, language, assets, texts }: Shell): Html => html`<header class="top">
<div class="frame">
<p class="brand"><img src="${assets.icon}" alt="" width="36" height="36"><span>${inLanguage(organisation.name, language)}</span></p>
<a class="language" href="?lang=${other(language)}" lang="${other(language)}" hreflang="${other(language)}">${texts.otherLanguage}</a>
</div>
</header>`;

const footer = ({ organisation, language, texts }: Shell): Html => html`<footer class="foot">
<p><strong>${inLanguage(organisation.unit, language)}</strong><br>${inLanguage(organisation.name, language)}</p>
<p><a href="/?lang=${language}">${texts.contact}</a></p>
</footer>`;

/** A whole document around what one page shows. It holds no script and no inline style. */
export function renderShell(shell: Shell, title: string, body: Html): string {
  const { language } = shell;
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
${head(shell, title)}
<body class="outside">
${topBar(shell)}
<main id="content" class="sheet">
${body}
</main>
${footer(shell)}
</body>
</html>
`.markup;
}

/** What can be wrong with a link, in the texts of its page. */
export const linkProblems = ['notFound', 'gone', 'used', 'busy'] as const;
export type LinkProblem = (typeof linkProblems)[number];

/** The page of a link that does not lead on. */
export function renderProblem(shell: Shell, problem: LinkProblem): string {
  const title = shell.texts[problem] ?? '';
  return renderShell(
    shell,
    title,
    html`<section class="card middle"><h1>${title}</h1><p class="quiet">${shell.texts[`${problem}Note`]}</p></section>`,
  );
}

const locales: Record<Language, string> = { ar: 'ar-SA-u-ca-gregory-nu-latn', en: 'en-GB-u-ca-gregory-nu-latn' };

/** A time (ISO) as its day, with the clock where that matters. */
export function timeWords(at: string, { language, timeZone }: Shell, clock = true): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = clock ? ({ hour: 'numeric', minute: '2-digit', hour12: language === 'ar' } as const) : {};
  return new Intl.DateTimeFormat(locales[language], { timeZone, ...day, ...time }).format(new Date(at));
}
