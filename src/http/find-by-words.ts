import { type Contact, contacts } from '../contact/contact.ts';
import { whoItIsNow } from '../contact/who-it-is-now.ts';
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

/** Contacts in whose name and entity every word of `q` begins a word; one that was joined leads to whoever it is now. */
export async function findPeople(store: Store, q: string): Promise<Contact[]> {
  const found = await searchIn(store, contacts, q);
  const kept = await whoTheyAre(store, found);
  return withoutDoubles(found.flatMap((one) => (one.joinedTo === null ? [one] : (kept.get(one.id) ?? []))));
}

/** Whom joined contacts are now, through several joinings if need be. */
async function whoTheyAre(store: Store, found: readonly Contact[]): Promise<Map<string, Contact>> {
  const kept = new Map<string, Contact>();
  for (const one of found.filter(({ joinedTo }) => joinedTo !== null)) {
    const now = await whoItIsNow(store, one);
    if (now) kept.set(one.id, now);
  }
  return kept;
}

/** Tickets in whose subject every word of `q` begins a word. */
export const findSubjects = (store: Store, q: string): Promise<Ticket[]> => searchIn(store, tickets, q);

/** Tickets whose whole number stands in `q`, in any digits. */
export const findNumbered = (store: Store, q: string): Promise<Ticket[]> =>
  store.getMany(tickets, findTicketNumbers(q));

/** The same documents once each. */
export const withoutDoubles = <T extends Document>(found: readonly T[]): T[] => [
  ...new Map(found.map((one) => [one.id, one])).values(),
];
