import { z } from 'zod';
import type { Collection } from '../store/port.ts';

export const handover = z.object({
  id: z.string(),
  version: z.number().int(),
  departmentId: z.string(),
  /** Who leaves the shift. */
  byId: z.string(),
  byName: z.string(),
  note: z.string(),
  at: z.string(),
});
/** What one shift leaves to the next in a department or the care unit (EX-08): never changed, never removed. */
export type Handover = z.infer<typeof handover>;

export const handovers: Collection<Handover> = {
  name: 'handovers',
  schema: handover,
  indexes: [{ name: 'by-department', on: ['departmentId', 'at'] }],
};
