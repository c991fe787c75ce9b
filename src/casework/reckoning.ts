import { z } from 'zod';
import type { Collection } from '../store/port.ts';

const reckoning = z.object({
  id: z.string(),
  version: z.number().int(),
  /** The versions of the settings by which all deadlines were last computed. */
  basis: z.string(),
  at: z.string(),
  /** When it is looked through once more, for what other processes entered by the settings before; null where it need not be. */
  againAt: z.string().nullable(),
  /** So many tickets were looked at, and so many of them changed. */
  seen: z.number().int(),
  changed: z.number().int(),
});
/** By what the deadlines of all tickets stand as they stand. */
export type Reckoning = z.infer<typeof reckoning>;

export const reckonings: Collection<Reckoning> = { name: 'reckonings', schema: reckoning, indexes: [] };
