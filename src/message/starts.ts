import { z } from 'zod';
import type { Collection } from '../store/port.ts';

const start = z.object({
  /** Made of inbox, day and address. */
  id: z.string(),
  version: z.number().int(),
  inboxId: z.string(),
  day: z.string(),
  expiresAt: z.string(),
});
/** Somebody who had not written within a day was written to first on this day; counted against the inbox's limit. */
export type Start = z.infer<typeof start>;

export const starts: Collection<Start> = {
  name: 'starts',
  schema: start,
  indexes: [{ name: 'by-expiry', on: ['expiresAt'] }],
  expires: 'expiresAt',
};
