import type { Store } from '../store/port.ts';
import { addresses, type Contact, contacts } from './contact.ts';

/** Somebody who may be the same person, and by what: never by a name. */
export interface Candidate {
  contact: Contact;
  why: ('phone' | 'email')[];
}

const most = 50;

const byPhone = async (store: Store, phone: string | null): Promise<Contact[]> =>
  phone === null
    ? []
    : (await store.find(contacts, { index: 'by-phone', where: { phone }, order: 'desc', limit: most })).items;

async function byAddress(store: Store, addressIds: readonly string[]): Promise<Contact[]> {
  const known = addressIds.length > 0 ? await store.getMany(addresses, addressIds) : [];
  return store.getMany(contacts, [...new Set(known.map(({ contactId }) => contactId))]);
}

/**
 * Contacts that may be the same person as the given one, because they have the same number or write from the same mail
 * address. `mailIds` are the ids that its mail address has in the inboxes for letters.
 */
export async function findSame(store: Store, of: Contact, mailIds: readonly string[]): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  const note = (contact: Contact, why: 'phone' | 'email'): void => {
    if (contact.id === of.id || contact.joinedTo !== null) return;
    const candidate = found.get(contact.id) ?? { contact, why: [] };
    found.set(contact.id, { contact, why: [...candidate.why, why] });
  };
  for (const contact of await byPhone(store, of.phone)) note(contact, 'phone');
  for (const contact of await byAddress(store, mailIds)) note(contact, 'email');
  return [...found.values()];
}
