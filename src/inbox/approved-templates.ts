import { z } from 'zod';
import type { Collection } from '../store/port.ts';

const part = z.enum(['header', 'body', 'footer', 'button']);

export const approvedTemplate = z.object({
  id: z.string(),
  version: z.number().int(),
  inboxId: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: z.enum(['approved', 'pending', 'rejected', 'paused', 'disabled', 'other']),
  parts: z.array(z.object({ part, text: z.string() })),
  variables: z.array(z.object({ part: z.enum(['header', 'body', 'button']), name: z.string(), example: z.string() })),
  /** The notice of ours that it is the approved form of; null where staff pick it by hand. */
  notice: z.string().nullable(),
  syncedAt: z.string(),
});
/** A template of the provider's as it was when it was last looked at; its id is made of inbox, name and language. */
export type ApprovedTemplate = z.infer<typeof approvedTemplate>;

export const approvedTemplates: Collection<ApprovedTemplate> = {
  name: 'approvedTemplates',
  schema: approvedTemplate,
  indexes: [{ name: 'by-inbox', on: ['inboxId', 'name', 'language'] }],
};
