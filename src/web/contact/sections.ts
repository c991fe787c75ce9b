import { type BothTexts, inLanguage } from '../../language/language.ts';
import type { ContactView, DayView, HolidayView } from './contact-view.ts';
import { type Html, html, safeLink } from './html.ts';
import { channelIcon, icon } from './icons.ts';

type Section = (view: ContactView) => Html | false;

const local = (view: ContactView, text: BothTexts): string => inLanguage(text, view.language);

/** Numbers and addresses keep their order from left to right. */
const ltr = (text: string): Html => html`<bdi dir="ltr">${text}</bdi>`;

const phoneHref = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** Name, what it is for, whether people are there, and the way into the chat. */
export const hero: Section = (view) => {
  const { organisation, hours, texts } = view;
  return html`<section class="hero" aria-labelledby="unit">
<div class="frame">
<h1 id="unit">${local(view, organisation.unit)}</h1>
<p class="about">${local(view, organisation.about)}</p>
<p class="status ${hours.open ? 'open' : 'closed'}"><span class="dot"></span><span>${hours.statusText}${hours.next && html` <span class="next">${hours.next}</span>`}</span></p>
<div class="ways">
<button type="button" class="start" data-wasl-open>${icon('chat')}${texts.startChat}</button>
${organisation.phone && html`<a class="call" href="${phoneHref(organisation.phone)}">${icon('phone')}${ltr(organisation.phone)}</a>`}
</div>
<p class="always">${texts.chatAlways}</p>
</div>
</section>`;
};

type ChannelOf = ContactView['organisation']['channels'][number];

const channelCard = (view: ContactView, { id, name, detail, link }: ChannelOf): Html => {
  const address = safeLink(link);
  const title = local(view, name);
  const opener = html`<button type="button" class="card-link" data-wasl-open>${title}</button>`;
  const anchor = address ? html`<a class="card-link" href="${address}">${title}</a>` : html`${title}`;
  return html`<li class="card channel">${channelIcon(id)}<div><h3>${id === 'web-chat' ? opener : anchor}</h3><p>${local(view, detail)}</p></div></li>`;
};

/** Where the organisation can be reached. */
export const channels: Section = (view) => html`<section class="frame" aria-labelledby="channels">
<h2 id="channels">${view.texts.channels}</h2>
<ul class="cards">${view.organisation.channels.map((channel) => channelCard(view, channel))}</ul>
</section>`;

const dayRow =
  ({ texts }: ContactView) =>
  ({ label, times, isToday }: DayView): Html =>
    html`<tr${isToday && html` class="today"`}><th scope="row">${label}${isToday && html` <span class="tag">${texts.today}</span>`}</th><td>${
      times.length > 0
        ? times.map((time) => html`<span class="time">${time}</span>`)
        : html`<span class="quiet">${texts.closedDay}</span>`
    }</td></tr>`;

const holidayRow =
  ({ texts }: ContactView) =>
  ({ date, hijri, name, isExpected }: HolidayView): Html =>
    html`<li><strong>${name}</strong>${isExpected && html` <span class="tag">${texts.expected}</span>`}<br><span>${date}</span><br><span class="quiet">${hijri}</span></li>`;

/** The week's hours and the holidays of the year ahead. */
export const hours: Section = (view) => html`<section class="frame two" aria-labelledby="hours">
<div>
<h2 id="hours">${view.texts.hours}</h2>
<table class="week"><caption class="hidden-text">${view.texts.hours}</caption><tbody>${view.hours.days.map(dayRow(view))}</tbody></table>
</div>
${
  view.hours.holidays.length > 0 &&
  html`<div>
<h2>${view.texts.holidays}</h2>
<ul class="holidays">${view.hours.holidays.map(holidayRow(view))}</ul>
${view.hours.holidays.some((one) => one.isExpected) && html`<p class="quiet small">${view.texts.expectedNote}</p>`}
</div>`
}
</section>`;

/** From submission to closing, and what to do when not satisfied (CH-26). */
export const procedure: Section = (view) => html`<section class="frame" aria-labelledby="procedure">
<h2 id="procedure">${view.texts.procedure}</h2>
<ol class="steps">${view.organisation.procedure.map((step) => html`<li><p>${local(view, step)}</p></li>`)}</ol>
<div class="callout"><h3>${view.texts.notSatisfied}</h3><p>${local(view, view.organisation.notSatisfied)}</p></div>
</section>`;

/** The service cards (KN-07). */
export const services: Section = (view) =>
  view.services.length > 0 &&
  html`<section class="frame" aria-labelledby="services">
<h2 id="services">${view.texts.services}</h2>
<ul class="cards">${view.services.map(
    ({ name, description, audience }) =>
      html`<li class="card"><h3>${local(view, name)}</h3><p>${local(view, description)}</p><p class="audience"><span class="quiet">${view.texts.audience}</span> ${local(view, audience)}</p></li>`,
  )}</ul>
</section>`;

/** What becomes of personal data (PR-01). */
export const privacy: Section = (view) => html`<section class="frame" aria-labelledby="privacy">
<div class="notice"><h2 id="privacy">${icon('shield')}${view.texts.privacy}</h2><p>${local(view, view.organisation.privacy.notice)}</p>
<p class="quiet small">${view.texts.privacyVersion} ${ltr(view.organisation.privacy.version)}</p></div>
</section>`;

/** Name and addresses once more, at the end. */
export const footer: Section = (view) => {
  const { phone, email, website } = view.organisation;
  const site = safeLink(website);
  return html`<footer><div class="frame"><p><strong>${local(view, view.organisation.unit)}</strong><br>${local(view, view.organisation.name)}</p>
<ul>${phone && html`<li><a href="${phoneHref(phone)}">${ltr(phone)}</a></li>`}${email && html`<li><a href="mailto:${email}">${ltr(email)}</a></li>`}${
    site && html`<li><a href="${site}">${ltr(site.replace(/^https?:\/\//, ''))}</a></li>`
  }</ul></div></footer>`;
};
