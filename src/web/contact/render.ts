import { inLanguage } from '../../language/language.ts';
import type { ContactView } from './contact-view.ts';
import { type Html, html } from './html.ts';
import { channels, footer, hero, hours, privacy, procedure, services } from './sections.ts';

function head({ organisation, language, assets, widgetSrc, nonce }: ContactView): Html {
  const unit = inLanguage(organisation.unit, language);
  const name = inLanguage(organisation.name, language);
  const nonceAttribute = nonce ? html` nonce="${nonce}"` : '';
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${unit} | ${name}</title>
<meta name="description" content="${inLanguage(organisation.about, language)}">
<meta name="theme-color" content="#0f4f33">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
${assets.fonts.map((font) => html`<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>`)}
<link rel="stylesheet" href="${assets.style}">
<script async src="${widgetSrc}" data-lang="${language}"${nonceAttribute}></script>
</head>`;
}

const topBar = ({ organisation, language, assets, alternateUrl, texts }: ContactView): Html => html`<header class="top">
<div class="frame">
<p class="brand"><img src="${assets.icon}" alt="" width="36" height="36"><span>${inLanguage(organisation.name, language)}</span></p>
<a class="language" href="${alternateUrl}" lang="${language === 'ar' ? 'en' : 'ar'}" hreflang="${language === 'ar' ? 'en' : 'ar'}">${texts.otherLanguage}</a>
</div>
</header>`;

/** The organisation's contact page as a whole document. It holds no inline style and no script but the widget's. */
export function renderContactPage(view: ContactView): string {
  const { language, texts } = view;
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
${head(view)}
<body>
<a class="skip" href="#content">${texts.skip}</a>
${topBar(view)}
<main id="content">
${[hero(view), channels(view), hours(view), procedure(view), services(view), privacy(view)]}
</main>
${footer(view)}
</body>
</html>
`.markup;
}
