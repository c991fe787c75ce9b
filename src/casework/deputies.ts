import { z } from 'zod';
import type { Collection } from '../store/port.ts';

export const deputy = z.object({
  id: z.string(),
  version: z.number().int(),
  agentId: z.string(),
  deputyId: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  at: z.string(),
});
/** Somebody stands in for somebody (EX-08). */
export type KeptDeputy = z.infer<typeof deputy>;

export const deputies: Collection<KeptDeputy> = {
  name: 'deputies',
  schema: deputy,
  indexes: [
    { name: 'by-from', on: ['from'] },
    { name: 'by-agent', on: ['agentId', 'from'] },
  ],
};
