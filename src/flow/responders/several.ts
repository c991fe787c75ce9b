import type { KnowledgeResult } from '../../knowledge/engine.ts';
import { type MatterPart, matterParts } from '../../language/matters.ts';
import type { Understanding } from '../../understanding/understanding.ts';
import type { Action } from '../actions.ts';
import type { Context, Contribution } from '../context.ts';
import { noteQuestion } from './note-question.ts';
import { isVoice, sayArticle } from './say-article.ts';
import { subjectOf } from './subject.ts';
import { matterInHand, openFor } from './ticket.ts';

/** A stretch of an inquiry that tells a matter, and what the bank says to it. */
interface Told extends MatterPart {
  result: KnowledgeResult;
  /** The article that answers it for sure; null where a person is needed. */
  articleId: string | null;
}

const wordsIn = (text: string): number => text.split(/\s+/).length;

const isTalk = ({ meaningful, pleasantryOnly, yesNo, unsure, announces, command }: Understanding): boolean =>
  !meaningful || pleasantryOnly || yesNo !== null || unsure || announces || command !== null;

/** Something is wanted in so many words; fragments of one matter tell none by themselves. */
function tellsOne({ text, joined }: MatterPart, { type, service }: Understanding): boolean {
  const isVoiced = type.id !== 'inquiry' && type.confidence >= (wordsIn(text) >= 4 ? 0.75 : 0.9);
  if (isVoiced && wordsIn(text) >= 2) return true;
  if (joined) return wordsIn(text) >= 3 || (service !== null && wordsIn(text) >= 2);
  return /[?؟]$/.test(text) && wordsIn(text) >= 3;
}

function read(context: Context, part: MatterPart): Told | null {
  const understood = context.understand(part.text);
  if (isTalk(understood)) return null;
  const result = context.ask(part.text);
  const [best] = result.articles;
  const isSure = result.outcome === 'answer' && best !== undefined && !isVoice(context, part.text, best.confidence);
  if (isSure) return { ...part, result, articleId: best.id };
  return tellsOne(part, understood) ? { ...part, result, articleId: null } : null;
}

/** Where the whole is sure of one article, only what plainly is none of its matter counts beside it. */
const beyond = (told: readonly Told[], whole: KnowledgeResult): boolean => {
  if (whole.outcome !== 'answer') return true;
  const said = whole.articles[0]?.id;
  return told.some(({ articleId, joined }) => (articleId === null ? joined : articleId !== said));
};

const uniqueIds = (told: readonly Told[]): string[] => [
  ...new Set(told.flatMap(({ articleId }) => (articleId === null ? [] : [articleId]))),
];

const sayOnly = (context: Context, id: string): Action[] => {
  const article = context.article(id, context.language);
  return article ? [{ do: 'say', template: 'answer', words: { text: article.text, html: article.html } }] : [];
};

const note = (context: Context, { text, result }: Told): Action =>
  noteQuestion({ text, result, messageIds: matterInHand(context).messageIds });

/** All is known: the articles one after the other, and one question whether that helped. */
function sayAll(context: Context, told: readonly Told[], reasons: string[]): Contribution | null {
  const ids = uniqueIds(told);
  const last = told.findLast(({ articleId }) => articleId === ids.at(-1));
  const final = sayArticle(context, ids.at(-1) ?? '', reasons);
  if (!final || !last) return null;
  return {
    ...final,
    actions: [note(context, last), ...ids.slice(0, -1).flatMap((id) => sayOnly(context, id)), ...final.actions],
  };
}

/** What is known is said, and the rest becomes a request. */
function sayAndOpen(context: Context, told: readonly Told[], reasons: string[]): Contribution {
  const open = told.filter(({ articleId }) => articleId === null);
  const text = open.map((one) => one.text).join('\n');
  const ids = uniqueIds(told);
  const part = ids.length > 0 ? subjectOf(text, context.understand) : '';
  const request = openFor(context, { text, messageIds: matterInHand(context).messageIds }, { unsure: true, part });
  const [first] = open;
  return {
    actions: [
      ...(first ? [note(context, first)] : []),
      ...ids.flatMap((id) => sayOnly(context, id)),
      ...request.actions,
    ],
    reasons: [...reasons, ...ids.map((id) => `knowledge: says "${id}"`), ...request.reasons],
    end: true,
  };
}

/**
 * Several matters told in one go, between clear joints: what the bank knows is answered, the rest becomes one request, all
 * in one reply, so that none is lost. Null where the inquiry is one matter, or the bank knows none of several.
 */
export function several(context: Context, inquiry: string, whole: KnowledgeResult): Contribution | null {
  const parts = matterParts(inquiry);
  if (parts.length < 2) return null;
  const told = parts.map((part) => read(context, part)).filter((one) => one !== null);
  if (told.length < 2 || !beyond(told, whole)) return null;
  const reasons = [
    `knowledge: ${told.length} matters in one`,
    ...told.map(({ text, articleId }) => `knowledge: "${text.slice(0, 60)}" ${articleId ?? 'is for people'}`),
  ];
  if (told.every(({ articleId }) => articleId === null))
    return whole.outcome === 'choose' ? sayAndOpen(context, told, reasons) : null;
  return told.every(({ articleId }) => articleId !== null)
    ? sayAll(context, told, reasons)
    : sayAndOpen(context, told, reasons);
}
