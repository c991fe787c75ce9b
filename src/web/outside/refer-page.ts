import type { SeenReferral } from '../../flow/casework/outside.ts';
import { type Html, html, type Part } from '../contact/html.ts';
import { fill } from '../contact/words.ts';
import { renderShell, type Shell, timeWords } from './shell.ts';

type Matter = NonNullable<SeenReferral['matter']>;

/** What the page of an outside body shows. */
export interface ReferralView extends Shell {
  seen: SeenReferral;
  /** In the page's language. */
  body: string;
  unit: string;
  type: string;
  service: string;
  isLate: boolean;
  /** What was written before something was found wrong with it, and the key of the text that says what. */
  given?: string | undefined;
  fault?: string | undefined;
}

const ltr = (text: string): Html => html`<bdi dir="ltr">${text}</bdi>`;

const fact = (name: string | undefined, value: Part): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** Words of several lines as paragraphs. */
const lines = (text: string): Html[] =>
  text.split(/\n+/).flatMap((line) => (line.trim() === '' ? [] : [html`<p dir="auto">${line}</p>`]));

const facts = (view: ReferralView, matter: Matter): Html => {
  const { texts, seen, type, service } = view;
  return html`<section class="card" aria-labelledby="facts">
<h2 id="facts">${texts.facts}</h2>
<dl class="facts">${[
    fact(texts.number, ltr(seen.ticketNumber)),
    fact(texts.type, type),
    service !== '' && fact(texts.service, service),
    fact(texts.openedAt, timeWords(matter.openedAt, view, false)),
    fact(texts.referredAt, timeWords(seen.at, view, false)),
  ]}</dl>
<h3>${texts.asked}</h3>
<div class="said asked">${lines(matter.asked)}</div>
${
  matter.words.length > 0 &&
  html`<h3>${matter.areOwn ? texts.words : texts.subject}</h3>
${matter.words.map((one) => html`<blockquote class="said">${lines(one)}</blockquote>`)}
<p class="quiet small">${texts.wordsNote}</p>`
}
</section>`;
};

/** What the person agreed to, and what of it can be given. */
function consentNote(texts: ReferralView['texts'], { name, phone }: NonNullable<Matter['person']>) {
  if (name && phone) return texts.personNote;
  if (name) return texts.personNameOnly;
  return phone ? texts.personPhoneOnly : texts.personUnknown;
}

const person = ({ texts }: ReferralView, who: Matter['person']): Html =>
  who
    ? html`<section class="card" aria-labelledby="person">
<h2 id="person">${texts.person}</h2>
${who.name && html`<p><strong>${who.name}</strong></p>`}
${who.phone && html`<p>${texts.phone}: <a href="tel:${who.phone}">${ltr(who.phone)}</a></p>`}
<p class="quiet small">${consentNote(texts, who)}</p>
</section>`
    : html`<p class="quiet small aside">${texts.noPerson}</p>`;

const added = ({ texts, seen }: ReferralView): Html | false =>
  seen.files.length > 0 &&
  html`<p>${texts.added}</p><ul class="files">${seen.files.map(({ name }) => html`<li><bdi>${name}</bdi></li>`)}</ul>`;

const accepted =
  'image/*,audio/*,video/mp4,video/webm,.pdf,.docx,.xlsx,.pptx,.txt,.csv,.zip,application/pdf,text/plain,text/csv';

const answerForm = (view: ReferralView): Html => {
  const { texts, seen, given = '', fault } = view;
  return html`<section class="card" aria-labelledby="answer">
<h2 id="answer">${texts.answer}</h2>
<form method="post" enctype="multipart/form-data" class="fields">
${fault && html`<p class="fault" role="alert">${texts[fault]}</p>`}
<label class="field"><span>${texts.answerLabel}</span><textarea name="text" rows="8" maxlength="10000" required dir="auto">${given}</textarea></label>
${added(view)}
<label class="field"><span>${texts.files}</span><input type="file" name="files" multiple accept="${accepted}"></label>
<p class="quiet small">${texts.filesNote}</p>
<button class="send">${texts.send}</button>
<p class="quiet small">${fill(texts.once, { time: timeWords(seen.expiresAt, view, false) })}</p>
</form>
</section>`;
};

const done = (view: ReferralView): Html => html`<section class="card middle">
<h1>${view.texts.done}</h1>
<p class="quiet">${fill(view.texts.doneNote, { time: timeWords(view.seen.answeredAt ?? view.seen.at, view) })}</p>
</section>`;

const asked = (view: ReferralView, matter: Matter): Html => {
  const { texts, body, unit, seen, isLate } = view;
  const due = fill(isLate ? texts.late : texts.due, { time: timeWords(seen.dueAt, view) });
  return html`<div class="opening"><h1>${fill(texts.title, { body })}</h1>
<p>${fill(texts.intro, { unit })}</p>
<p class="due ${isLate && 'over'}">${due}</p></div>
${[facts(view, matter), person(view, matter.person), answerForm(view)]}`;
};

/** The page on which an outside body reads what was referred to it, and answers (WF-07, WF-08). */
export function renderReferPage(view: ReferralView): string {
  const { seen, texts, body } = view;
  return renderShell(view, fill(texts.title, { body }), seen.matter ? asked(view, seen.matter) : done(view));
}
