import type { KnowledgeResult } from '../knowledge/engine.ts';
import type { KnowledgeHelp } from '../knowledge/help.ts';
import type { Language } from '../language/language.ts';
import type { Context } from './context.ts';
import { asHtml } from './letter.ts';
import { respond } from './respond.ts';

/** What help brought to a turn: the context to decide by, and what to add to the reasons. */
export interface Helped {
  context: Context;
  reasons: string[];
}

/** What costs by the length has room for so many characters of an article, and what everybody reads for this part of a post. */
const paidRoom = 268;
const publicShare = 0.85;

/** How many characters an article may have here; null where there is room for all. */
function roomIn({ capabilities }: Context): number | null {
  if (capabilities.visibility === 'public') return Math.floor(capabilities.text.maxLength * publicShare);
  return capabilities.paid ? paidRoom : null;
}

/** The questions that the bank would answer in this turn and is not sure of. Whoever decides purely can be asked what for. */
function unsureIn(context: Context): Map<string, KnowledgeResult> {
  const unsure = new Map<string, KnowledgeResult>();
  const consult = (text: string): KnowledgeResult => {
    const result = context.consult(text);
    if (result.outcome !== 'answer' && !context.understand(text).sensitive) unsure.set(text, result);
    return result;
  };
  respond({ ...context, consult });
  return unsure;
}

/** The article that would be said in this turn. */
function saidIn(context: Context): { id: string; language: Language; text: string } | null {
  const asked: { id: string; language: Language; text: string }[] = [];
  const article: Context['article'] = (id, language) => {
    const found = context.article(id, language);
    if (found) asked.push({ id, language, text: found.text });
    return found;
  };
  respond({ ...context, article });
  return asked.at(-1) ?? null;
}

/** The approved words of the article that is said, made shorter where the medium has little room. */
async function withReworded(help: KnowledgeHelp, context: Context, within: AbortSignal): Promise<Helped> {
  const room = roomIn(context);
  const said = room === null || !help.reword ? null : saidIn(context);
  if (room === null || said === null || said.text.length <= room || !help.reword) return { context, reasons: [] };
  const { text, why } = await help.reword({ text: said.text, language: said.language, atMost: room }, within);
  const reasons = why.map((line) => `help: ${line}`);
  if (text === null) return { context, reasons };
  const article: Context['article'] = (id, language) =>
    id === said.id && language === said.language
      ? { ...context.article(id, language), text, html: asHtml(text) }
      : context.article(id, language);
  return { context: { ...context, article }, reasons: [...reasons, `help: "${said.id}" is said in fewer words`] };
}

/**
 * Asks help for what the bank alone is not sure of in a turn, within the patience for one question. What is confidential,
 * and what is for people at once, is asked of nobody. Without a question that is unsure nothing is asked at all.
 */
export async function seekHelp(help: KnowledgeHelp, context: Context): Promise<Helped> {
  const within = help.patience();
  const unsure = unsureIn(context);
  const improved = new Map<string, KnowledgeResult>();
  for (const [text, result] of unsure)
    improved.set(text, await help.improve(result, { text, language: context.language }, within));
  const consult = (text: string): KnowledgeResult => improved.get(text) ?? context.consult(text);
  return withReworded(help, improved.size > 0 ? { ...context, consult } : context, within);
}
