import { z } from 'zod';
import type { TicketChange } from '../../ticket/events.ts';
import { outcome } from '../../ticket/types.ts';
import { closedByStaff, requireAnswered, requireNoDraft, requireOwnVoice } from '../answer.ts';
import { acceptingOnTheWay, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';

/**
 * A ticket is over; it counts for the department that answered (TK-07). What was solved at first contact is closed at once,
 * passing the same states in one go (TY-11).
 */
export const close = step({
  name: 'close',
  summary: 'Close a ticket; its person is told, unless they were told the result before',
  given: z.strictObject({
    outcome: outcome.optional().meta({ description: 'Default: that with which it was resolved, else done.' }),
    note,
  }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take(scene, by, given) {
    const { ticket } = scene;
    const closed = closedByStaff(ticket, { outcome: given.outcome ?? null, ...noted(given.note) });
    requireNoDraft(ticket);
    if (ticket.status === 'resolved') return { changes: [closed] };
    requireOwnVoice(ticket);
    requireAnswered(scene, given.outcome ?? null);
    const isFirstContact = ticket.routedAt === null && ticket.action === null;
    const classified: TicketChange[] = isFirstContact ? [{ kind: 'classified', action: 'first_contact' }] : [];
    const resolved: TicketChange = { kind: 'resolved', outcome: given.outcome ?? 'done' };
    return {
      changes: [...acceptingOnTheWay(scene, by), ...classified, resolved, closed],
      news: { kind: 'closed', values: {} },
    };
  },
});
