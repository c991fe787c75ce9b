import { z } from 'zod';
import { tokens } from '../language/fold.ts';
import type { Collection } from '../store/port.ts';

export const contact = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string().nullable(),
  entity: z.string().nullable(),
  category: z.string().nullable(),
  language: z.enum(['ar', 'en']).nullable(),
  preferredChannel: z.string().nullable(),
  /** E.164, where the person gave it; masked in lists, never logged. */
  phone: z.string().nullable(),
  email: z.string().nullable(),
  blockedAt: z.string().nullable(),
  createdAt: z.string(),
  /** Version of the privacy notice that was shown when the person first wrote (PR-03). */
  privacyVersion: z.string().nullable(),
});
/** The person outside. */
export type Contact = z.infer<typeof contact>;

export const contacts: Collection<Contact> = {
  name: 'contacts',
  schema: contact,
  indexes: [{ name: 'by-created', on: ['createdAt'] }],
  terms: ({ name, entity }) => tokens(`${name ?? ''} ${entity ?? ''}`),
  feed: true,
};

export const address = z.object({
  id: z.string(),
  version: z.number().int(),
  contactId: z.string(),
  inboxId: z.string(),
  channel: z.string(),
  address: z.string(),
  displayName: z.string().nullable(),
});
/** Where a contact is reachable; its id is derived from inbox and address, so an address belongs to one contact. */
export type Address = z.infer<typeof address>;

export const addresses: Collection<Address> = {
  name: 'addresses',
  schema: address,
  indexes: [{ name: 'by-contact', on: ['contactId'] }],
};
