import { type Contact, contacts } from '../contact/contact.ts';
import { tokens } from '../language/fold.ts';
import type { Collection, Document, Store } from '../store/port.ts';
import { findTicketNumbers } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';

/** How many people a search by name looks at, newest first. */
const peopleLimit = 50;

const searchable = <T extends Document>(collection: Collection<T>): boolean => collection.terms !== undefined;

/** Contacts in which every word of `q` begins a searchable word; none where contacts are not searchable. */
export async function findPeople(store: Store, q: string): Promise<Contact[]> {
  const asked = tokens(q);
  if (asked.length === 0 || !searchable(contacts)) return [];
  return (await store.search(contacts, asked, { limit: peopleLimit })).items;
}

/** Tickets whose whole number stands in `q`, in any digits. */
export const findNumbered = (store: Store, q: string): Promise<Ticket[]> =>
  store.getMany(tickets, findTicketNumbers(q));
