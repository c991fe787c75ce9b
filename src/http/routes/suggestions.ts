import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { WaslError } from '../../errors.ts';
import { approveSuggestions } from '../../question/judge.ts';
import { type Suggestion, suggestion, suggestionStatus, suggestions } from '../../question/suggestion.ts';
import type { Query } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, version, words } from '../fields.ts';
import { changeOr409, findPage, getOr404 } from '../find-page.ts';
import { given } from '../given.ts';
import { type AnyRoute, route } from '../route.ts';

const tag = 'Learning from use';

export const suggestionReply = suggestion.meta({ id: 'Suggestion' });

const filters = z.strictObject({
  ...pageFields,
  status: suggestionStatus.optional(),
  articleId: opaqueId.optional(),
});

function choose({ status, articleId }: z.output<typeof filters>): Pick<Query, 'index' | 'where'> {
  if (articleId !== undefined) return { index: 'by-article', where: given({ articleId, status }) };
  return { index: 'by-status', where: { status: status ?? { in: suggestionStatus.options } } };
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/suggestions',
    summary: 'Ways of asking that may become phrasings of an article, the newest first',
    tag,
    access: 'questions.read',
    query: filters,
    reply: pageOf(suggestionReply),
    async handle({ query }) {
      const { limit, cursor } = query;
      return findPage(store, suggestions, { ...choose(query), order: 'desc', limit, cursor });
    },
  });

/** The suggestion at the version that the editor saw, still to be decided. */
async function pendingAt({ store }: HttpDeps, id: string, seen: number): Promise<Suggestion> {
  const found = await getOr404(store, suggestions, id, 'suggestion');
  if (found.version !== seen)
    throw new WaslError('conflict', 'It was changed meanwhile: look at the current state and try again.', {
      details: { current: found },
    });
  if (found.status !== 'pending') throw new WaslError('not-allowed', `It was ${found.status} before.`);
  return found;
}

const approve = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/suggestions/:id/approve',
    summary: 'Make it a phrasing of its article, in its own words or in mended ones',
    tag,
    access: 'knowledge.change',
    params: byId,
    body: z.strictObject({ version, text: words(500).optional() }),
    reply: suggestionReply,
    async handle({ params: { id }, body, by }) {
      const found = await pendingAt(deps, id, body.version);
      const text = body.text?.trim() ?? found.text;
      const [approved] = await approveSuggestions(deps, [{ ...found, text }], by.id);
      await note(deps, by, 'article.changed', { subject: found.articleId, fields: ['phrasings'] });
      return approved ?? found;
    },
  });

const reject = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/suggestions/:id/reject',
    summary: 'Let it be none: it is not suggested again',
    tag,
    access: 'knowledge.change',
    params: byId,
    body: z.strictObject({ version }),
    reply: suggestionReply,
    async handle({ params: { id }, body, by }) {
      const { version: expect } = await pendingAt(deps, id, body.version);
      const set = { status: 'rejected', by: by.id } as const;
      const rejected = await changeOr409(deps.store, { in: suggestions, id, expect, set }, (current) => current);
      await note(deps, by, 'suggestion.rejected', { subject: id });
      return rejected;
    },
  });

/** What use suggests for the knowledge bank, and what editors decide on it. */
export const suggestionRoutes = (deps: HttpDeps): AnyRoute[] => [list(deps), approve(deps), reject(deps)];
