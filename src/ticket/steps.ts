import { WaslError } from '../errors.ts';
import type { TicketChange } from './events.ts';
import type { Ticket } from './ticket.ts';
import type { TicketStatus } from './types.ts';

const over: readonly TicketStatus[] = ['closed', 'rejected'];
/** The person has the answer. */
const answered: readonly TicketStatus[] = ['resolved', ...over];

/**
 * Refuses (`not-allowed`) a step that a ticket cannot take: one that is over only opens again, and the answer that was given
 * is late no more.
 */
export function requireStep({ status }: Pick<Ticket, 'status'>, changes: readonly TicketChange[]): void {
  for (const change of changes) {
    const isDelay = change.kind === 'delay-told' && answered.includes(status);
    const isStep = change.kind === 'status-changed' && over.includes(status) && change.status !== 'open';
    if (isDelay || isStep) {
      const sentence = `The ticket is ${status}: this step is not possible any more.`;
      throw new WaslError('not-allowed', sentence, { details: { reason: 'ticket-over', status } });
    }
  }
}
