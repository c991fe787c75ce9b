import { z } from 'zod';

export { words } from '../casework/given.ts';

/** An opaque id from a path, a query or a body. */
export const opaqueId = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => id.isWellFormed(), 'not well-formed Unicode');

/** The version that a change is made to. */
export const version = z.number().int().positive();

/** What every list takes. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2000).optional(),
};

/** What every list answers with. */
export const pageOf = <T extends z.ZodType>(one: T) =>
  z.object({ items: z.array(one), nextCursor: z.string().nullable() });

export const byId = z.strictObject({ id: opaqueId });

export const time = z.string().meta({ format: 'date-time' });
