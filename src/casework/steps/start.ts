import { z } from 'zod';
import type { TicketChange } from '../../ticket/events.ts';
import { acceptingOnTheWay, referenceIn } from '../conditions.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';
import { isWithCare } from '../path.ts';
import { type CaseScene, careUnitOf } from '../scene.ts';
import { memberOf } from '../staff.ts';

/** What the care unit works on itself belongs to it, wherever its service belongs. */
function taking(scene: CaseScene): TicketChange[] {
  const care = careUnitOf(scene);
  if (!care || !isWithCare(scene) || scene.ticket.departmentId === care.id) return [];
  return [{ kind: 'classified', departmentId: care.id }];
}

/** Work begins. Whoever begins has the ticket, where nobody had it. */
export const start = step({
  name: 'start',
  summary: 'Work on a ticket has begun; its person is told, if they were not yet',
  given: z.strictObject({ note }),
  other: (_given, { ticket, organisation }) => referenceIn(organisation, ticket),
  take(scene, by, given) {
    const { ticket, staff } = scene;
    const isUnassigned = ticket.assigneeId === null && memberOf(staff, by.id) !== null;
    const assigned: TicketChange[] = isUnassigned ? [{ kind: 'assigned', assigneeId: by.id }] : [];
    const started: TicketChange = { kind: 'started', ...noted(given.note) };
    const isFirst = ticket.routedAt === null && ticket.counts.reopened + ticket.counts.unsatisfied === 0;
    return {
      changes: [...acceptingOnTheWay(scene, by), ...taking(scene), ...assigned, started],
      news: isFirst ? { kind: 'inProgress', values: {} } : null,
    };
  },
});
