import { z } from 'zod';
import { tokens } from '../language/fold.ts';
import type { Collection } from '../store/port.ts';
import { type Article, article } from './article.ts';

const storedArticle = z.object({ ...article.shape, version: z.number().int() });
/** An article as it is kept, with the version that changes must name. */
export type StoredArticle = z.infer<typeof storedArticle>;

/** The words of an article by which editors look for it, each once: phrasings repeat them, and folding costs. */
const searched = ({ id, title, body, phrasings }: Article): string => {
  const all = [id, ...[title, body, phrasings].flatMap(({ ar, en }) => [ar, en].flat())].join(' ');
  return [...new Set(all.split(/\s+/))].join(' ');
};

export const articles: Collection<StoredArticle> = {
  name: 'articles',
  schema: storedArticle,
  indexes: [{ name: 'by-status', on: ['status'] }],
  filters: ['departmentId', 'service'],
  terms: (one) => tokens(searched(one)),
  feed: 'sure',
};

const articleImport = z.object({ id: z.string(), version: z.number().int(), at: z.string() });
/** The last import of articles: each changes it, so that of two at once one knows of the other. */
export type ArticleImport = z.infer<typeof articleImport>;

export const articleImports: Collection<ArticleImport> = { name: 'articleImports', schema: articleImport, indexes: [] };
