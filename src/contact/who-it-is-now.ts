import type { Store } from '../store/port.ts';
import { type Contact, contacts } from './contact.ts';

const mostJoinings = 10;

/** The contact that one turned out to be, through several joinings if need be; null where that one is gone. */
export async function whoItIsNow(store: Store, contact: Contact): Promise<Contact | null> {
  let now: Contact | null = contact;
  for (let step = 0; now?.joinedTo && step < mostJoinings; step++) now = await store.get(contacts, now.joinedTo);
  return now;
}
