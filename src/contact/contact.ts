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
  /** The number that the person proved, by a code, to have in their hand. */
  provenPhone: z.string().optional(),
  /** Kinds of channels over which the person does not want to be written to first. */
  mutedChannels: z.array(z.string()).optional(),
  /** The contact that this one turned out to be (`join.ts`); nothing new is added to it then. */
  joinedTo: z.string().nullable(),
});
/** The person outside. */
export type Contact = z.infer<typeof contact>;

export const contacts: Collection<Contact> = {
  name: 'contacts',
  schema: contact,
  indexes: [
    { name: 'by-created', on: ['createdAt'] },
    { name: 'by-phone', on: ['phone'] },
    { name: 'by-email', on: ['email'] },
  ],
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
  /** The key of the conversation that messages from here belong to, in a channel where addresses are joined; else null. */
  key: z.string().nullable(),
  /** The surer identity that has this address now (a number changes hands); null where none is known. */
  owner: z.string().nullable(),
  /** Since when the person does not want to be written to first; null otherwise. */
  optedOutAt: z.string().nullable(),
  /** When the assistant last answered the person in public. */
  answeredAt: z.string().optional(),
});
/** An address that stands for itself alone. */
export const newAddress = (
  facts: Pick<Address, 'id' | 'contactId' | 'inboxId' | 'channel' | 'address'> & Partial<Address>,
): Address => ({ version: 1, displayName: null, key: null, owner: null, optedOutAt: null, ...facts });

/** Where a contact is reachable; its id is derived from inbox and address, so an address belongs to one contact. */
export type Address = z.infer<typeof address>;

export const addresses: Collection<Address> = {
  name: 'addresses',
  schema: address,
  indexes: [{ name: 'by-contact', on: ['contactId'] }],
};
