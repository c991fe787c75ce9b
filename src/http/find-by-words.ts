import { type Contact, contacts } from '../contact/contact.ts';
import { tokens } from '../language/fold.ts';
import type { Collection, Document, Store } from '../store/port.ts';
import { findTicketNumbers } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';

/** How many a search by words looks at, newest first. */
const searchLimit = 50;

async function searchIn<T extends Document>(store: Store, collection: Collection<T>, q: string): Promise<T[]> {
  const asked = tokens(q);
  return asked.length === 0 ? [] : (await store.search(collection, asked, { limit: searchLimit })).items;
}

/** Contacts in whose name and entity every word of `q` begins a word. */
export const findPeople = (store: Store, q: string): Promise<Contact[]> => searchIn(store, contacts, q);

/** Tickets in whose subject every word of `q` begins a word. */
export const findSubjects = (store: Store, q: string): Promise<Ticket[]> => searchIn(store, tickets, q);

/** Tickets whose whole number stands in `q`, in any digits. */
export const findNumbered = (store: Store, q: string): Promise<Ticket[]> =>
  store.getMany(tickets, findTicketNumbers(q));

/** The same documents once each. */
export const withoutDoubles = <T extends Document>(found: readonly T[]): T[] => [
  ...new Map(found.map((one) => [one.id, one])).values(),
];
