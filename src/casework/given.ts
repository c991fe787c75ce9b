import { z } from 'zod';
import { hasControls, isBlank } from '../language/clean.ts';

/** Words that somebody wrote: well-formed (no half of a surrogate pair), at most `max` characters, something to be seen in them. */
export const words = (max = 10_000) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), 'not well-formed Unicode')
    .refine((text) => !hasControls(text), 'must not have control characters')
    .refine((text) => !isBlank(text), 'must not be empty');

/** What every step may be given: a remark that only staff see. */
export const note = words().optional().meta({ description: 'A remark that only staff see.' });

/** A local date, YYYY-MM-DD, that exists. */
export const day = z.iso.date('write a date as YYYY-MM-DD that exists');

/** Only what is given: an absent note is no field of an event. */
export const noted = (text: string | undefined): { note?: string } => (text === undefined ? {} : { note: text.trim() });
