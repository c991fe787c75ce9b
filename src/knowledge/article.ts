import { z } from 'zod';
import { localText } from '../language/language.ts';

const phrasings = z.object({ ar: z.array(z.string().min(1)), en: z.array(z.string().min(1)) }).partial();

/** A unit of the knowledge bank (KN-01): what is asked, in several phrasings, and the approved answer. Body is Markdown. */
export const article = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  status: z.enum(['draft', 'published']),
  title: localText,
  body: localText,
  phrasings,
  service: z.string().nullable().optional(),
  departmentId: z.string().nullable().optional(),
  /** The matter is another body's (IN-19): the answer guides to the competent body. */
  outside: z.boolean().optional(),
});
export type Article = z.infer<typeof article>;
