import type { Principal } from '../../agent/principal.ts';
import { WaslError } from '../../errors.ts';
import type { Store } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { getOr404 } from '../find-page.ts';
import { maySee } from '../present/ticket.ts';

/** The ticket, or `not-found`: also where this principal may not know that there is one. */
export async function ticketFor(store: Store, by: Principal, number: string): Promise<Ticket> {
  const found = await getOr404(store, tickets, number, 'ticket');
  if (!maySee(by, found)) throw new WaslError('not-found', 'There is no such ticket.');
  return found;
}
