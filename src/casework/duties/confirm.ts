import type { OrganisationSnapshot } from '../../organisation/settings.ts';
import type { Ticket } from '../../ticket/ticket.ts';
import { creditFor } from '../answer.ts';
import { later } from '../later.ts';
import type { Duty } from '../scene.ts';

/** Who says nothing to the answer for the set time is content: the ticket is over (WF-06). */
export function confirm({ status, resolvedAt }: Ticket, organisation: OrganisationSnapshot): Duty[] {
  if (status !== 'resolved' || resolvedAt === null) return [];
  return [
    {
      what: 'confirm',
      at: later(organisation, resolvedAt, organisation.casework.times.confirm),
      outcome: ({ ticket }) => ({
        changes: [{ kind: 'closed', how: 'silence', creditedTo: creditFor(ticket) }],
      }),
    },
  ];
}
