import { z } from 'zod';
import type { Collection } from '../store/port.ts';
import { article } from './article.ts';

const storedArticle = z.object({ ...article.shape, version: z.number().int() });
/** An article as it is kept, with the version that changes must name. */
export type StoredArticle = z.infer<typeof storedArticle>;

export const articles: Collection<StoredArticle> = {
  name: 'articles',
  schema: storedArticle,
  indexes: [{ name: 'by-status', on: ['status'] }],
  feed: 'sure',
};
