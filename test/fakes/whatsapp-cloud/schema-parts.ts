import { z } from 'zod';

/** Code points, as JSON Schema counts `maxLength`: an emoji in a button is one or two, not UTF-16 units. */
const letters = (text: string): number => [...text].length;

/** A text of 1 to `most` characters that is not blank. */
export const words = (most: number) =>
  z
    .string()
    .refine(
      (text) => text.trim() !== '' && letters(text) <= most,
      `Length invalid. Min length: 1, Max length: ${most}`,
    );

/** An id that the sender makes up: the document forbids blanks around it. */
export const ownId = (most: number) =>
  words(most).refine((id) => id === id.trim(), 'Must not begin or end with a blank');

/** True where no two are the same: titles and ids that people choose from. */
export const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** Digits alone, country code first. Meta's document shows a plus too; Wasl sends what webhooks call `wa_id`. */
export const phone = z.string().regex(/^[1-9]\d{6,14}$/, 'Must be 7 to 15 digits with the country code');

/** Business-scoped user id, its own or its parent's form. */
export const userId = z.string().regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/, 'Must be a business-scoped user ID');

export const wamid = z.string().regex(/^wamid\.[\w+/=-]{4,}$/, 'Must be a WhatsApp message ID');

const link = z.url({ protocol: /^https?$/ });
const mediaId = z.string().regex(/^\d+$/, 'Must be a media ID');

/** Exactly one of `id` and `link`, and what else the kind allows. */
export const media = <Shape extends z.core.$ZodLooseShape>(more: Shape) =>
  z
    .strictObject({ id: mediaId.optional(), link: link.optional(), ...more })
    .refine((one) => ('id' in one && one.id !== undefined) !== ('link' in one && one.link !== undefined), {
      message: 'One of id and link is needed, and only one',
    });

export const caption = words(1024).optional();
