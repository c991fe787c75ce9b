import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { WaslError } from '../../errors.ts';
import { type Article, article } from '../../knowledge/article.ts';
import { articles, type StoredArticle } from '../../knowledge/articles.ts';
import { languages } from '../../language/language.ts';
import type { Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, pageFields, pageOf, version } from '../fields.ts';
import { findPage, getOr404 } from '../find-page.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';

const articleReply = z.object({ ...article.shape, version: z.number().int() }).meta({ id: 'Article' });
const statuses = article.shape.status.options;
const tag = 'Knowledge';

function fault({ organisation }: HttpDeps, { title, body, service, departmentId }: Article): string | null {
  const named = languages.filter((language) => title[language]);
  if (named.length === 0) return 'title: give it in Arabic or English, or both.';
  if (named.some((language) => !body[language])) return 'body: it is missing in a language of the title.';
  const { services, departments } = organisation();
  if (service && !services.some(({ id }) => id === service)) return 'service: there is no such service.';
  if (departmentId && !departments.some(({ id }) => id === departmentId)) {
    return 'departmentId: there is no such department.';
  }
  return null;
}

function requireSound(deps: HttpDeps, written: Article): void {
  const found = fault(deps, written);
  if (found) throw new WaslError('invalid', `body.${found}`);
}

const stale = (current: unknown): WaslError =>
  new WaslError('conflict', 'The article was changed meanwhile.', { details: { current } });

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/articles',
    summary: 'The knowledge bank',
    tag,
    access: 'knowledge.read',
    query: z.strictObject({ ...pageFields, status: article.shape.status.optional() }),
    reply: pageOf(articleReply),
    async handle({ query: { status, ...paging } }) {
      return findPage(store, articles, {
        index: 'by-status',
        where: { status: status ?? { in: statuses } },
        ...paging,
      });
    },
  });

const show = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/articles/:id',
    summary: 'One article',
    tag,
    access: 'knowledge.read',
    params: byId,
    reply: articleReply,
    async handle({ params: { id } }) {
      return getOr404(store, articles, id, 'article');
    },
  });

const create = (deps: HttpDeps) =>
  route({
    method: 'post',
    path: '/articles',
    summary: 'Write an article',
    tag,
    access: 'knowledge.change',
    body: z.strictObject({ ...article.shape, id: article.shape.id.max(200).optional() }),
    status: 201,
    reply: articleReply,
    async handle({ body, by }) {
      const document: StoredArticle = { ...body, id: body.id ?? deps.ids.next(), version: 1 };
      requireSound(deps, document);
      const result = await deps.store.write([{ op: 'insert', in: articles, document }]);
      if (!result.ok) throw new WaslError('conflict', 'An article with this id exists already.');
      await note(deps, by, 'article.created', { subject: document.id });
      return document;
    },
  });

const change = (deps: HttpDeps) =>
  route({
    method: 'patch',
    path: '/articles/:id',
    summary: 'Change an article; each field given replaces the former',
    tag,
    access: 'knowledge.change',
    params: byId,
    body: z.strictObject({ ...article.omit({ id: true }).partial().shape, version }),
    reply: articleReply,
    async handle({ params: { id }, body: { version: expect, ...set }, by }) {
      const before = await getOr404(deps.store, articles, id, 'article');
      if (before.version !== expect) throw stale(before);
      requireSound(deps, { ...before, ...set });
      const result = await deps.store.write([{ op: 'update', in: articles, id, expect, set }]);
      if (!result.ok) throw stale(result.current ?? null);
      await note(deps, by, 'article.changed', { subject: id, fields: Object.keys(set) });
      return result.documents[0] as StoredArticle;
    },
  });

async function removeArticle(store: Store, id: string, expect: number | undefined): Promise<void> {
  const result = await store.write([{ op: 'remove', in: articles, id, ...(expect === undefined ? {} : { expect }) }]);
  if (result.ok) return;
  if (result.reason === 'missing') throw new WaslError('not-found', 'There is no such article.');
  throw stale(result.current);
}

const remove = (deps: HttpDeps) =>
  silentRoute({
    method: 'delete',
    path: '/articles/:id',
    summary: 'Take an article out of the bank',
    tag,
    access: 'knowledge.change',
    params: byId,
    query: z.strictObject({ version: z.coerce.number().int().positive().optional() }),
    async handle({ params: { id }, query, by }) {
      await removeArticle(deps.store, id, query.version);
      await note(deps, by, 'article.removed', { subject: id });
    },
  });

/** The knowledge bank, edited. */
export const articleRoutes = (deps: HttpDeps): AnyRoute[] => [
  list(deps),
  show(deps),
  create(deps),
  change(deps),
  remove(deps),
];
