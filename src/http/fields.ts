import { z } from 'zod';

/** Text of a person: well-formed Unicode (no half of a surrogate pair), at most `max` characters, not only blanks. */
export const words = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), 'not well-formed Unicode')
    .refine((text) => text.trim().length > 0, 'must not be empty');

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
