import type { SeenSurvey } from '../../flow/casework/outside.ts';
import { type Html, html } from '../contact/html.ts';
import { fill } from '../contact/words.ts';
import { renderShell, type Shell } from './shell.ts';

/** What the survey page shows. */
export interface SurveyView extends Shell {
  seen: SeenSurvey;
  /** The key of a text that says what is missing. */
  fault?: string | undefined;
}

/** From the best to the poorest, with the key of what each is called and the curve of its mouth. */
const faces = [
  { score: 5, name: 'excellent', mouth: 'M14 28c2 10 18 10 20 0Z' },
  { score: 4, name: 'very-good', mouth: 'M14 29c4 7 16 7 20 0' },
  { score: 3, name: 'good', mouth: 'M15 31c4 3 14 3 18 0' },
  { score: 2, name: 'fair', mouth: 'M16 32h16' },
  { score: 1, name: 'poor', mouth: 'M14 35c4-7 16-7 20 0' },
] as const;
type Face = (typeof faces)[number];

const drawing = ({ mouth }: Pick<Face, 'mouth'>): Html =>
  html`<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/><circle class="eye" cx="17" cy="20" r="2"/><circle class="eye" cx="31" cy="20" r="2"/><path d="${mouth}"/></svg>`;

const label = ({ texts }: SurveyView, { name }: Pick<Face, 'name'>): Html => html`<span>${texts[name]}</span>`;

/** The first question: a tap on a face sends it. */
const ask = (view: SurveyView): Html => {
  const { texts, seen } = view;
  return html`<section class="card middle">
<h1>${texts.question}</h1>
<p class="quiet">${fill(texts.about, { number: seen.ticketNumber })}</p>
<form method="post" class="faces">${faces.map(
    (face) =>
      html`<button class="face s${face.score}" name="service" value="${face.score}">${drawing(face)}${label(view, face)}</button>`,
  )}</form>
</section>`;
};

const employee = (view: SurveyView): Html => html`<fieldset>
<legend>${view.texts.employee}</legend>
<div class="faces">${faces.map(
  (face) =>
    html`<label class="face s${face.score}"><input type="radio" name="employee" value="${face.score}">${drawing(face)}${label(view, face)}</label>`,
)}</div>
</fieldset>`;

const reopen = ({ texts }: SurveyView): Html =>
  html`<label class="check"><input type="checkbox" name="reopen" value="yes"><span>${texts.reopen}<br><span class="quiet small">${texts.reopenNote}</span></span></label>`;

const isLow = ({ seen }: SurveyView): boolean => seen.service !== null && seen.service <= 2;

/** What goes beside the score, for whoever likes. */
const details = (view: SurveyView): Html => {
  const { texts, seen, fault } = view;
  const chosen = faces.find(({ score }) => score === seen.service);
  return html`<section class="card">
<div class="middle">
<p class="face chosen s${seen.service ?? 3}">${chosen && drawing(chosen)}</p>
<h1>${isLow(view) ? texts.thanksLow : texts.thanks}</h1>
<p class="quiet">${fill(texts.scored, { score: chosen ? (texts[chosen.name] ?? '') : '' })}</p>
</div>
<form method="post" class="fields">
<p>${texts.more}</p>
${fault && html`<p class="fault" role="alert">${texts[fault]}</p>`}
${seen.hasEmployee && employee(view)}
<label class="field"><span>${isLow(view) ? texts.commentLow : texts.comment}</span><textarea name="comment" rows="4" maxlength="2000"></textarea></label>
${seen.mayReopen && reopen(view)}
<button class="send">${texts.send}</button>
</form>
</section>`;
};

const done = ({ texts, seen }: SurveyView): Html => html`<section class="card middle">
<h1>${texts.done}</h1>
<p>${seen.reopened ? fill(texts.reopened, { number: seen.ticketNumber }) : texts.doneNote}</p>
</section>`;

/** The page on which a person says how the service was: one tap, then what they like to add (SV-01..03). */
export function renderSurveyPage(view: SurveyView): string {
  const { seen, texts } = view;
  const answered = seen.mayAdd ? details(view) : done(view);
  return renderShell(view, texts.title ?? '', seen.state === 'waiting' ? ask(view) : answered);
}
