import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import { WaslError } from '../../errors.ts';
import { article } from '../../knowledge/article.ts';
import { articles, type StoredArticle } from '../../knowledge/articles.ts';
import { tokens } from '../../language/fold.ts';
import type { Page, Store } from '../../store/port.ts';
import type { HttpDeps } from '../deps.ts';
import { byId, opaqueId, pageFields, pageOf, version, words } from '../fields.ts';
import { findPage, getOr404, searchPage } from '../find-page.ts';
import { given } from '../given.ts';
import { type AnyRoute, route, silentRoute } from '../route.ts';
import { asArticle, asKept, requireSound, writtenArticle } from '../written-article.ts';

const articleReply = z.object({ ...article.shape, version: z.number().int() }).meta({ id: 'Article' });
const statuses = article.shape.status.options;
const tag = 'Knowledge';

const stale = (current: unknown): WaslError =>
  new WaslError('conflict', 'The article was changed meanwhile.', { details: { current } });

const filters = z.strictObject({
  ...pageFields,
  status: article.shape.status.optional(),
  departmentId: opaqueId.optional(),
  service: opaqueId.optional(),
  q: words(200)
    .optional()
    .meta({ description: 'Words of the title, the phrasings, the body or the id; each begins a word there.' }),
});
type Filters = z.output<typeof filters>;

function listInOrder(store: Store, { status, limit, cursor, departmentId, service }: Filters) {
  const where = { status: status ?? { in: statuses }, ...given({ departmentId, service }) };
  return findPage(store, articles, { index: 'by-status', where, limit, cursor });
}

function search(store: Store, q: string, { limit, cursor, q: _, ...asked }: Filters): Promise<Page<StoredArticle>> {
  const wanted = Object.entries(given(asked)) as [keyof StoredArticle, string][];
  const isWanted = (one: StoredArticle): boolean => wanted.every(([field, value]) => one[field] === value);
  return searchPage(store, articles, { words: tokens(q), isWanted, limit, cursor });
}

const list = ({ store }: HttpDeps) =>
  route({
    method: 'get',
    path: '/articles',
    summary: 'The knowledge bank',
    tag,
    access: 'knowledge.read',
    query: filters,
    reply: pageOf(articleReply),
    async handle({ query }) {
      return query.q === undefined ? listInOrder(store, query) : search(store, query.q, query);
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
    body: writtenArticle.partial({ id: true }),
    status: 201,
    reply: articleReply,
    async handle({ body, by }) {
      const document = { ...asArticle({ ...body, id: body.id ?? deps.ids.next() }), version: 1 };
      requireSound(document, deps.organisation());
      const result = await deps.store.write([{ op: 'insert', in: articles, document }]);
      if (!result.ok) throw new WaslError('conflict', 'An article with this id exists already.');
      await note(deps, by, 'article.created', { subject: document.id });
      return result.documents[0] as StoredArticle;
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
    body: writtenArticle.omit({ id: true }).partial().extend({ version }),
    reply: articleReply,
    async handle({ params: { id }, body: { version: expect, ...written }, by }) {
      const set = asKept(written);
      const before = await getOr404(deps.store, articles, id, 'article');
      if (before.version !== expect) throw stale(before);
      requireSound({ ...before, ...set }, deps.organisation());
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
