import { z } from 'zod';
import { noLineEnds } from './errors.ts';
import { media, unique, words } from './schema-parts.ts';

// The document has no `parameter_name`. Page "Templates", named parameters: lower-case letters, digits and underscores.
const parameterName = z
  .string()
  .regex(/^[a-z0-9_]+$/, 'Parameter name must be lower-case letters, digits and underscores')
  .optional();

// Not in the document. Page "Templates": a value is one line.
const filling = words(32_768).refine((text) => !/[\n\r\t]| {5}/.test(text), noLineEnds);

const textParameter = z.strictObject({ type: z.literal('text'), text: filling, parameter_name: parameterName });

const currency = z.strictObject({
  type: z.literal('currency'),
  parameter_name: parameterName,
  currency: z.strictObject({ fallback_value: words(1024), code: z.string().length(3), amount_1000: z.int() }),
});

const dateTime = z.strictObject({
  type: z.literal('date_time'),
  parameter_name: parameterName,
  date_time: z.strictObject({ fallback_value: words(1024) }),
});

const headerParameter = z.discriminatedUnion('type', [
  textParameter,
  z.strictObject({ type: z.literal('image'), image: media({}) }),
  z.strictObject({ type: z.literal('video'), video: media({}) }),
  z.strictObject({ type: z.literal('document'), document: media({ filename: words(240).optional() }) }),
  // Not in the document. Page "Templates", location headers.
  z.strictObject({
    type: z.literal('location'),
    location: z.strictObject({
      latitude: z.string(),
      longitude: z.string(),
      name: words(1000),
      address: words(1000),
    }),
  }),
]);

const oneText = z.tuple([z.strictObject({ type: z.literal('text'), text: words(2000) })]);
const payload = z.tuple([z.strictObject({ type: z.literal('payload'), payload: words(128) })]);

// The document's pattern of `index` (`^[2-6, 11-14]$`, the remains of footnotes) refuses its own example '0'.
const index = z.union([z.string().regex(/^\d$/), z.int().min(0).max(9)]);

const button = z.discriminatedUnion('sub_type', [
  z.strictObject({ type: z.literal('button'), sub_type: z.literal('quick_reply'), index, parameters: payload }),
  z.strictObject({ type: z.literal('button'), sub_type: z.literal('url'), index, parameters: oneText }),
]);

const component = z.union([
  z.strictObject({ type: z.literal('header'), parameters: z.tuple([headerParameter]) }),
  z.strictObject({
    type: z.literal('body'),
    parameters: z.array(z.discriminatedUnion('type', [textParameter, currency, dateTime])).min(1),
  }),
  button,
]);

export type TemplateComponent = z.infer<typeof component>;

const keyOf = (one: TemplateComponent): string => (one.type === 'button' ? `button ${one.index}` : one.type);

/** A template by name and language, with what fills its places. */
export const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'Template name must be lower-case letters, digits and underscores'),
  // The document demands `policy`; no example on the page "Templates" has it.
  language: z.strictObject({
    code: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'Language code is not valid'),
    policy: z.literal('deterministic').optional(),
  }),
  components: z
    .array(component)
    .refine((all) => unique(all.map(keyOf)), 'Each component may be given once')
    .optional(),
});
