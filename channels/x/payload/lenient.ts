import { z } from 'zod';

/** Text without halves of characters; left out where it is something else. */
export const text = z
  .string()
  .overwrite((value) => value.toWellFormed())
  .optional()
  .catch(undefined);

export const flag = z.boolean().optional().catch(undefined);

/**
 * An id of a post, person or event. As a number only where it is exact: the provider's older bodies carry each id twice, and
 * the number beside `id_str` is rounded.
 */
export const id = z
  .union([z.string().regex(/^\d{1,25}$/), z.int().nonnegative().transform(String)])
  .optional()
  .catch(undefined);

/** Whatever it is, also nothing. */
export const anything = z.unknown().optional();

export const part = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

/** What is no list is none; what is in it is read one by one (`readable`). */
export const list = z.array(z.unknown()).catch([]);

/** Those of a list that can be read. */
export const readable = <Schema extends z.ZodType>(schema: Schema, given: readonly unknown[]): z.output<Schema>[] =>
  given.flatMap((one) => {
    const parsed = schema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });

/** Where something begins in a text; left out where it tells no place. */
export const place = z.int().nonnegative().optional().catch(undefined);

/** Where something begins and ends in a text. */
export const range = z.tuple([z.int().nonnegative(), z.int().nonnegative()]).optional().catch(undefined);

/** At most so many characters, never with half of one at the end. */
export const short = (long: string, most: number): string => long.slice(0, most).toWellFormed();
