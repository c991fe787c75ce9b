import { z } from 'zod';
import { media, ownId, unique, words } from './schema-parts.ts';

const header = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: words(60), sub_text: words(60).optional() }),
  z.strictObject({ type: z.literal('image'), image: media({}) }),
  z.strictObject({ type: z.literal('video'), video: media({}) }),
  z.strictObject({ type: z.literal('document'), document: media({ filename: words(240).optional() }) }),
]);

const footer = z.strictObject({ text: words(60) }).optional();
const body = (most: number) => z.strictObject({ text: words(most) });

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: ownId(256), title: words(20) }),
});

const replyButtons = z.strictObject({
  type: z.literal('button'),
  header: header.optional(),
  body: body(1024),
  footer,
  action: z.strictObject({
    buttons: z
      .array(replyButton)
      .min(1, 'Buttons count invalid. Min:1, Max:3')
      .max(3, 'Buttons count invalid. Min:1, Max:3')
      .refine((all) => unique(all.map(({ reply }) => reply.title)), 'Button titles must be unique')
      .refine((all) => unique(all.map(({ reply }) => reply.id)), 'Button ids must be unique'),
  }),
});

const row = z.strictObject({ id: ownId(200), title: words(24), description: words(72).optional() });
type Section = { title?: string; rows: { id: string }[] };

const rowsOf = (sections: readonly Section[]): { id: string }[] => sections.flatMap(({ rows }) => rows);

const sections = z
  .array(z.strictObject({ title: words(24).optional(), rows: z.array(row).min(1, 'A section needs a row') }))
  .min(1, 'Sections count invalid. Min:1, Max:10')
  .max(10, 'Sections count invalid. Min:1, Max:10')
  // The document counts rows in each section; page "Interactive list messages": 10 rows in all sections together.
  .refine((all) => rowsOf(all).length <= 10, 'Total row count exceeds the maximum of 10')
  .refine((all) => all.length === 1 || all.every(({ title }) => title !== undefined), 'Section title is required')
  .refine((all) => unique(rowsOf(all).map(({ id }) => id)), 'Row ids must be unique');

const list = z.strictObject({
  type: z.literal('list'),
  // Page "Interactive list messages": the header of a list is text; the document allows pictures for all.
  header: z.strictObject({ type: z.literal('text'), text: words(60) }).optional(),
  // The document holds every body to 1024; page "Interactive list messages" gives lists 4096.
  body: body(4096),
  footer,
  action: z.strictObject({ button: words(20), sections }),
});

// Not in the document. Page "Interactive Call-to-Action URL button messages".
const linkButton = z.strictObject({
  type: z.literal('cta_url'),
  header: header.optional(),
  body: body(1024),
  footer,
  action: z.strictObject({
    name: z.literal('cta_url'),
    parameters: z.strictObject({ display_text: words(20), url: z.url({ protocol: /^https?$/ }) }),
  }),
});

// Not in the document. Page "Location request messages".
const locationRequest = z.strictObject({
  type: z.literal('location_request_message'),
  body: body(1024),
  action: z.strictObject({ name: z.literal('send_location') }),
});

/** What people tap on: reply buttons, a list, a link, a request for a location. */
export const interactive = z.discriminatedUnion('type', [replyButtons, list, linkButton, locationRequest]);
