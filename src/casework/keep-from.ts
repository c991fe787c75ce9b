import type { TicketChange } from '../ticket/events.ts';
import { confidantsOf, keptFrom } from './about-a-person.ts';
import type { CaseScene } from './scene.ts';

/** What keeps a ticket from more agents whom it is about, and takes it out of their hands (EX-01). Pure. */
export function keepFrom(
  { ticket, staff, organisation }: Pick<CaseScene, 'ticket' | 'staff' | 'organisation'>,
  about: readonly string[],
): TicketChange[] {
  const kept = keptFrom(staff, organisation, { about, departmentId: ticket.departmentId });
  const hiddenFrom = [...new Set([...ticket.hiddenFrom, ...kept.hiddenFrom])];
  const restricted = ticket.restricted || kept.restricted;
  const visibleTo = restricted
    ? [...new Set([...ticket.visibleTo, ...confidantsOf(staff, organisation, hiddenFrom)])]
    : [];
  const seen = visibleTo.filter((id) => !hiddenFrom.includes(id));
  const moves = kept.departmentId !== ticket.departmentId;
  const isTheirs = ticket.assigneeId !== null && (moves || hiddenFrom.includes(ticket.assigneeId));
  return [
    { kind: 'kept', restricted, visibleTo: seen, hiddenFrom, about: [...about] },
    ...(moves ? [{ kind: 'classified' as const, departmentId: kept.departmentId }] : []),
    ...(isTheirs ? [{ kind: 'assigned' as const, assigneeId: null }] : []),
  ];
}
