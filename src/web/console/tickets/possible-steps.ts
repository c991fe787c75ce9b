import type { Ticket } from '../api/shapes.ts';
import type { TicketMove } from '../api/tickets.ts';

const over: ReadonlySet<Ticket['status']> = new Set(['closed', 'rejected']);

/** The steps that a ticket can take, what is most likely next first. The server has the last word. */
export function stepsOf({ status }: Pick<Ticket, 'status'>): TicketMove['step'][] {
  if (over.has(status)) return [];
  if (status === 'resolved') return ['close'];
  const begun: TicketMove['step'][] = status === 'in_progress' ? [] : ['start'];
  return [...begun, 'resolve', 'delay', 'close'];
}
