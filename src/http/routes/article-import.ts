import { z } from 'zod';
import { note } from '../../agent/audit.ts';
import type { Article } from '../../knowledge/article.ts';
import { articles } from '../../knowledge/articles.ts';
import type { HttpDeps } from '../deps.ts';
import { importArticles } from '../import-articles.ts';
import { type AnyRoute, route } from '../route.ts';
import { type Fault, invalid } from '../validate.ts';
import { articleFaults, asArticle, writtenArticle } from '../written-article.ts';

const mostBytes = 64 * 1024 * 1024;

const importedArticle = writtenArticle.extend({
  version: z.number().int().optional().meta({ description: 'Not looked at, so that what was listed can be imported.' }),
});

const importReply = z
  .object({
    created: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    removed: z.number().int(),
    published: z.number().int().meta({ description: 'How many articles the bank now answers with.' }),
  })
  .meta({ id: 'ArticleImport' });

function repeated(all: readonly Article[]): Fault[] {
  const places = new Map<string, number>();
  return all.flatMap(({ id }, index) => {
    const first = places.get(id);
    if (first === undefined) places.set(id, index);
    return first === undefined
      ? []
      : [{ path: `body.${index}.id`, message: `It stands at body.${first} already.`, id }];
  });
}

/** Nothing is written unless everything can be. */
function requireAllSound({ organisation }: HttpDeps, all: readonly Article[]): void {
  const known = organisation();
  const faults = [
    ...repeated(all),
    ...all.flatMap((one, index) =>
      articleFaults(one, `body.${index}`, known).map((fault) => ({ ...fault, id: one.id })),
    ),
  ];
  if (faults.length > 0) throw invalid(faults);
}

/** Many articles at once. */
export const articleImportRoutes = (deps: HttpDeps): AnyRoute[] => [
  route({
    method: 'post',
    path: '/articles/import',
    summary: 'Put many articles into the bank by id, all or nothing; answers when they are in use',
    tag: 'Knowledge',
    access: 'knowledge.change',
    bodyLimit: mostBytes,
    query: z.strictObject({
      replace: z
        .enum(['true', 'false'])
        .default('false')
        .meta({ description: '`true`: articles that are not in the body are taken out.' }),
    }),
    body: z.array(importedArticle),
    reply: importReply,
    async handle({ body, query, by }) {
      const all = body.map(asArticle);
      requireAllSound(deps, all);
      const counts = await importArticles(deps, all, query.replace === 'true');
      const fields = Object.entries(counts).map(([what, count]) => `${what}: ${count}`);
      await note(deps, by, 'articles.imported', { fields });
      await deps.settled();
      const published = await deps.store.count(articles, { index: 'by-status', where: { status: 'published' } });
      return { ...counts, published };
    },
  }),
];
