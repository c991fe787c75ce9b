import { z } from 'zod';

const text = z
  .string()
  .overwrite((value) => value.toWellFormed())
  .optional()
  .catch(undefined);
const flag = z.boolean().optional().catch(undefined);
/** Ids and times come as text or as numbers. */
const label = z
  .union([z.string(), z.number()])
  .transform((value) => String(value))
  .optional()
  .catch(undefined);
const part = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.object(shape).optional().catch(undefined);
const list = z.array(z.unknown()).nullish();
const loosely = z.array(z.unknown()).catch([]);
const degrees = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d+)?$/)
    .transform(Number),
]);

const media = part({ id: label, url: text, mime_type: text, sha256: text, caption: text, filename: text });
const reply = part({ id: label, title: text, description: text });

/** A message as a webhook carries it. What is missing or of another type is left out; the whole is kept elsewhere. */
export const wireMessage = z.object({
  id: text,
  from: label,
  to: label,
  from_user_id: text,
  to_user_id: text,
  timestamp: label,
  type: text,
  group_id: text,
  context: part({
    id: text,
    forwarded: flag,
    frequently_forwarded: flag,
    referred_product: part({ catalog_id: label, product_retailer_id: label }),
  }),
  /** The advertisement that led the person here. */
  referral: part({ headline: text, body: text, source_url: text }),
  errors: loosely,
  text: part({ body: z.string() }),
  image: media,
  audio: media,
  video: media,
  document: media,
  sticker: media,
  location: part({ latitude: degrees, longitude: degrees, name: text, address: text, url: text }),
  contacts: z.array(z.unknown()).optional().catch(undefined),
  interactive: part({
    type: text,
    button_reply: reply,
    list_reply: reply,
    nfm_reply: part({ body: text, response_json: z.unknown() }),
  }),
  button: part({ payload: label, text: text }),
  reaction: part({ message_id: z.string(), emoji: text }),
  edit: part({ original_message_id: z.string(), message: z.unknown() }),
  revoke: part({ original_message_id: z.string() }),
  system: part({
    type: text,
    body: text,
    wa_id: label,
    new_wa_id: label,
    user_id: text,
    previous_user_id: text,
  }),
  order: part({ text: text, product_items: loosely }),
  unsupported: part({ type: text }),
});
export const wireSender = wireMessage.pick({ from: true, from_user_id: true });
export type WireMessage = z.infer<typeof wireMessage>;
export type WireMedia = NonNullable<WireMessage['image']>;

export const wireContact = z.object({
  profile: part({ name: text, username: text }),
  wa_id: label,
  user_id: text,
});
export type WireContact = z.infer<typeof wireContact>;

export const wireError = z.object({ code: z.coerce.number().catch(0), title: text, message: text });
export type WireError = z.infer<typeof wireError>;

export const wireStatus = z.object({
  id: text,
  status: text,
  timestamp: label,
  errors: loosely,
  biz_opaque_callback_data: text,
});

/** A change of somebody's wish to get advertisements. */
export const wirePreference = z.object({ wa_id: label, user_id: text, category: text, value: text, timestamp: label });

export const wireCall = z.object({
  id: text,
  from: label,
  to: label,
  from_user_id: text,
  event: text,
  direction: text,
  timestamp: label,
});

export const wireCard = z.object({
  name: part({ formatted_name: text, first_name: text, last_name: text }),
  phones: loosely,
  emails: loosely,
  addresses: loosely,
  urls: loosely,
  org: part({ company: text, department: text, title: text }),
  birthday: text,
});
export type WireCard = z.infer<typeof wireCard>;
export const wireCardPhone = z.object({ phone: label, wa_id: label });
export const wireCardAddress = z.object({ street: text, city: text, state: text, zip: label, country: text });
export const wireCardUrl = z.object({ url: text });
export const wireCardEmail = z.object({ email: text });

export const wireItem = z.object({ product_retailer_id: label, quantity: label, item_price: label, currency: text });

/** What changed. The lists stay as they came: each member is read by itself, so that a bad one costs no other. */
export const wireValue = z.object({
  metadata: z.object({ display_phone_number: label, phone_number_id: label }).optional().catch(undefined),
  contacts: list.catch(undefined),
  messages: list,
  message_echoes: list,
  statuses: list,
  errors: list.catch(undefined),
  user_preferences: list,
  calls: list,
  event: text,
});
export type WireValue = z.infer<typeof wireValue>;

export const wireChange = z.object({ field: z.string(), value: wireValue });
export const wireEntry = z.object({ id: label, changes: z.array(z.unknown()) });
export const wirePost = z.object({ object: z.literal('whatsapp_business_account'), entry: z.array(z.unknown()) });

/** Members that can be read; the others are left out. */
export const readable = <T>(schema: z.ZodType<T>, members: readonly unknown[] | null | undefined): T[] =>
  (members ?? []).flatMap((one) => {
    const read = schema.safeParse(one);
    return read.success ? [read.data] : [];
  });
