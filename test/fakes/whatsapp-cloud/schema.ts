import { z } from 'zod';
import { interactive } from './schema-interactive.ts';
import { caption, media, phone, userId, wamid, words } from './schema-parts.ts';
import { template } from './schema-template.ts';

/**
 * Every request that may go to the provider. Made from Meta's "WhatsApp Business Messaging" OpenAPI document (v23.0),
 * which as published refuses every message: each type is an `allOf` of the common fields and an object that forbids
 * them (`additionalProperties: false`). What was added or changed says its source, a page of the provider, by name.
 */

const base = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: phone.optional(),
  // Not in the document. Page "Business-scoped user IDs": either, or both, where `to` wins.
  recipient: userId.optional(),
  context: z.strictObject({ message_id: wamid }).optional(),
  // In the document for marketing messages only. Page "Messages" (API reference): up to 512 characters.
  biz_opaque_callback_data: words(512).optional(),
};

const of = <Kind extends string, Body extends z.ZodType>(type: Kind, body: Body) =>
  z.strictObject({ ...base, type: z.literal(type), [type]: body } as typeof base & {
    type: z.ZodLiteral<Kind>;
  } & Record<Kind, Body>);

// The document declares strings and gives numbers as examples; page "Location messages" shows both.
const degrees = (most: number) =>
  z
    .union([z.number(), z.string().regex(/^-?\d{1,3}(\.\d+)?$/)])
    .refine((value) => Math.abs(Number(value)) <= most, `Must be from -${most} to ${most}`);

const location = z.strictObject({
  latitude: degrees(90),
  longitude: degrees(180),
  name: words(1000).optional(),
  address: words(1000).optional(),
});

const place = z.enum(['HOME', 'WORK']).optional();
const line = z.string().optional();

const contact = z.strictObject({
  // Page "Contacts messages": a formatted name and one more part of a name.
  name: z
    .strictObject({
      formatted_name: words(1000),
      first_name: line,
      last_name: line,
      middle_name: line,
      prefix: line,
      suffix: line,
    })
    .refine((name) => Object.keys(name).length > 1, 'At least one more part of the name is needed'),
  addresses: z
    .array(
      z.strictObject({
        street: line,
        city: line,
        state: line,
        zip: line,
        country: line,
        country_code: line,
        type: place,
      }),
    )
    .optional(),
  birthday: z.iso.date().optional(),
  emails: z.array(z.strictObject({ email: z.email(), type: place })).optional(),
  org: z.strictObject({ company: line, department: line, title: line }).optional(),
  phones: z
    .array(z.strictObject({ phone: words(64), wa_id: phone.optional(), type: z.string().optional() }))
    .optional(),
  urls: z.array(z.strictObject({ url: z.url(), type: place })).optional(),
});

const message = z.discriminatedUnion('type', [
  // The document has no length; page "Text messages": 4096.
  of('text', z.strictObject({ body: words(4096), preview_url: z.boolean().optional() })),
  // Not in the document: `voice`. Page "Audio messages": plays as a voice note, with the picture of the number.
  of('audio', media({ voice: z.boolean().optional() })),
  of('image', media({ caption })),
  of('video', media({ caption })),
  // Not in the document: `filename`. Page "Document messages": up to 240 characters.
  of('document', media({ caption, filename: words(240).optional() })),
  of('sticker', media({})),
  of('location', location),
  // An empty emoji takes the reaction back. Page "Reaction messages".
  of('reaction', z.strictObject({ message_id: wamid, emoji: z.string().max(32) })),
  of('contacts', z.array(contact).min(1).max(5)),
  of('interactive', interactive),
  of('template', template),
]);

/** `POST /{phone number id}/messages` with a message. */
export const messageRequest = message.refine((one) => one.to !== undefined || one.recipient !== undefined, {
  message: 'The parameter to is required.',
  path: ['to'],
});

/** `POST /{phone number id}/messages` with a read mark; `typing_indicator` is from the page "Typing indicators". */
export const readMark = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: wamid,
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

/** Fields of the form of `POST /{phone number id}/media`, the file apart. Page "Media": `type` is its MIME type. */
export const uploadFields = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  type: z.string().regex(/^[a-z]+\/[\w.+-]+(; ?[\w=."-]+)*$/, 'Must be a MIME type'),
});

/** Query of `GET /{media id}`. */
export const mediaQuery = z.strictObject({ phone_number_id: z.string().regex(/^\d+$/).optional() });

const fieldNames = /^[a-z_]+(,[a-z_]+)*$/;

/** Query of `GET /{phone number id}`. */
export const phoneQuery = z.strictObject({ fields: z.string().regex(fieldNames).optional() });

/** Query of `GET /{WhatsApp Business Account id}/message_templates`: cursors as everywhere in the Graph API. */
export const templatesQuery = z.strictObject({
  fields: z.string().regex(fieldNames).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  after: z.string().min(1).optional(),
  before: z.string().min(1).optional(),
  name: z.string().min(1).optional(),
  language: z.string().min(2).optional(),
  status: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
});

export type MessageRequest = z.infer<typeof messageRequest>;
export type ReadMark = z.infer<typeof readMark>;
