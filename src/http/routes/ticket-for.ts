import type { Principal } from '../../agent/principal.ts';
import { WaslError } from '../../errors.ts';
import type { Collection, Document, Page, Query, Store } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { findPage, getOr404 } from '../find-page.ts';
import { maySee } from '../present/ticket.ts';

/** The ticket, or `not-found`: also where this principal may not know that there is one. */
export async function ticketFor(store: Store, by: Principal, number: string): Promise<Ticket> {
  const found = await getOr404(store, tickets, number, 'ticket');
  if (!maySee(by, found)) throw new WaslError('not-found', 'There is no such ticket.');
  return found;
}

/** A page of what belongs to a ticket that this principal may see; the collection has an index `by-ticket`. */
export async function pageOfTicket<T extends Document>(
  store: Store,
  by: Principal,
  { number, in: from, query }: { number: string; in: Collection<T>; query: Pick<Query, 'limit' | 'cursor'> },
): Promise<Page<T>> {
  await ticketFor(store, by, number);
  return findPage(store, from, { index: 'by-ticket', where: { ticketNumber: number }, ...query });
}
