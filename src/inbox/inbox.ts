import { z } from 'zod';
import type { Collection } from '../store/port.ts';

export const inbox = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: z.string(),
  /** What staff call it. */
  name: z.string(),
  /** Its settings as they were given, as JSON, sealed (`seal.ts`). */
  values: z.string(),
  /** The department that tickets from here go to; null for the usual way. */
  departmentId: z.string().nullable(),
  enabled: z.boolean(),
  createdAt: z.string(),
});
/** An inbox that an administrator set up. Those of the environment are not kept. */
export type Inbox = z.infer<typeof inbox>;

export const inboxes: Collection<Inbox> = {
  name: 'inboxes',
  schema: inbox,
  indexes: [{ name: 'by-created', on: ['createdAt'] }],
  feed: 'sure',
};
