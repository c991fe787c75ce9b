import type { Store } from '../store/port.ts';
import { type Contact, contacts } from './contact.ts';

/** Somebody who may be the same person, and by what: never by a name. */
export interface Candidate {
  contact: Contact;
  why: ('phone' | 'email')[];
}

const most = 50;

const having = async (store: Store, field: 'phone' | 'email', value: string | null): Promise<Contact[]> => {
  if (value === null) return [];
  const query = { index: `by-${field}`, where: { [field]: value }, order: 'desc', limit: most } as const;
  return (await store.find(contacts, query)).items;
};

/** Contacts that may be the same person as the given one, because they have the same number or the same mail address. */
export async function findSame(store: Store, of: Contact): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  const note = (contact: Contact, why: 'phone' | 'email'): void => {
    if (contact.id === of.id || contact.joinedTo !== null) return;
    const candidate = found.get(contact.id) ?? { contact, why: [] };
    found.set(contact.id, { contact, why: [...candidate.why, why] });
  };
  for (const contact of await having(store, 'phone', of.phone)) note(contact, 'phone');
  const mail = of.email?.toLowerCase() ?? null;
  for (const contact of await having(store, 'email', mail)) note(contact, 'email');
  return [...found.values()];
}
