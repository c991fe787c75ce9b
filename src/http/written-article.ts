import { z } from 'zod';
import { type Article, article } from '../knowledge/article.ts';
import { isBlank } from '../language/clean.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { type Fault, invalid } from './validate.ts';

const text = z
  .string()
  .refine((one) => one.isWellFormed(), 'not well-formed Unicode')
  .refine((one) => !isBlank(one), 'It is empty: write it or leave it out.');
const texts = z.object({ ar: text.nullable().optional(), en: text.nullable().optional() });
const lists = z.object({ ar: z.array(text).nullable().optional(), en: z.array(text).nullable().optional() });

const id = article.shape.id
  .max(200)
  .meta({ description: 'Letters, digits, hyphens, underscores and dots; begins with a letter or a digit.' });

/**
 * An article as editors and other programs write it: each of title, body and phrasings in one language or both, null for
 * what there is not.
 */
export const writtenArticle = z.strictObject({
  id,
  status: article.shape.status,
  title: texts,
  body: texts,
  phrasings: lists.nullable().optional(),
  service: article.shape.service,
  departmentId: article.shape.departmentId,
  outside: article.shape.outside.nullable(),
});
type WrittenArticle = z.output<typeof writtenArticle>;

const given = <T>({ ar, en }: { ar?: T | null; en?: T | null }): { ar?: T; en?: T } => ({
  ...(ar === undefined || ar === null ? {} : { ar }),
  ...(en === undefined || en === null ? {} : { en }),
});

/** What of an article was written, in the form in which articles are kept; fields that were left out stay out. */
export function asKept<T extends Partial<WrittenArticle>>(written: T): Partial<Article> {
  const { title, body, phrasings, outside, ...plain } = written;
  return {
    ...plain,
    ...(title ? { title: given(title) } : {}),
    ...(body ? { body: given(body) } : {}),
    ...(phrasings === undefined ? {} : { phrasings: given(phrasings ?? {}) }),
    ...(outside === undefined ? {} : { outside: outside ?? undefined }),
  };
}

/** The whole article that was written. */
export const asArticle = (written: WrittenArticle): Article => ({
  id: written.id,
  status: written.status,
  title: given(written.title),
  body: given(written.body),
  phrasings: given(written.phrasings ?? {}),
  service: written.service,
  departmentId: written.departmentId,
  outside: written.outside ?? undefined,
});

type Known = Pick<OrganisationSnapshot, 'services' | 'departments'>;

const missing = (
  path: string,
  what: string,
  id: string | null | undefined,
  known: readonly { id: string }[],
): Fault[] =>
  !id || known.some((one) => one.id === id)
    ? []
    : [{ path, message: `There is no ${what} "${id}": correct it or leave it out.` }];

/** What of an article does not hold beyond its form: it says nothing, or points to what there is not. */
export function articleFaults(one: Article, within: string, { services, departments }: Known): Fault[] {
  const unsaid = (['title', 'body'] as const).filter((field) => Object.keys(one[field]).length === 0);
  return [
    ...unsaid.map((field) => ({
      path: `${within}.${field}`,
      message: 'Give it in Arabic (ar) or English (en), or both.',
    })),
    ...missing(`${within}.service`, 'service', one.service, services),
    ...missing(`${within}.departmentId`, 'department', one.departmentId, departments),
  ];
}

/** Rejects with `invalid` where an article has faults. */
export function requireSound(one: Article, known: Known): void {
  const faults = articleFaults(one, 'body', known);
  if (faults.length > 0) throw invalid(faults);
}
