import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { TicketChange } from '../../ticket/events.ts';
import { confidantsOf, type Kept, keptFrom } from '../about-a-person.ts';
import { step } from '../declare.ts';
import { note } from '../given.ts';
import type { CaseScene } from '../scene.ts';
import { memberOf } from '../staff.ts';

const agentIds = z.array(z.string().min(1).max(100)).max(100);

const given = z.strictObject({
  restricted: z.boolean().optional().meta({ description: 'Only its assignee, those named and those above see it.' }),
  about: agentIds.optional().meta({ description: 'The agents whom it is about: kept from them and those below them.' }),
  visibleTo: agentIds.optional().meta({ description: 'Agents who may see it where it is restricted.' }),
  note,
});
type Given = z.output<typeof given>;

function requireAgents({ staff }: CaseScene, field: string, ids: readonly string[] = []): void {
  ids.forEach((id, at) => {
    if (memberOf(staff, id) === null) throw new WaslError('invalid', `body.${field}.${at}: there is no such agent.`);
  });
}

function requireNotHidden(hiddenFrom: readonly string[], ids: readonly string[] = []): void {
  const at = ids.findIndex((id) => hiddenFrom.includes(id));
  if (at >= 0) throw new WaslError('invalid', `body.visibleTo.${at}: it is kept from this agent.`);
}

/** Where it stands after the step: what is not said stays as it is. */
function standingOf({ staff, organisation, ticket }: CaseScene, { about, restricted, visibleTo }: Given): Kept {
  const kept = about && keptFrom(staff, organisation, { about, departmentId: ticket.departmentId });
  const hiddenFrom = kept?.hiddenFrom ?? ticket.hiddenFrom;
  requireNotHidden(hiddenFrom, visibleTo);
  const isRestricted = restricted ?? (ticket.restricted || kept?.restricted === true);
  const named = (visibleTo ?? ticket.visibleTo).filter((id) => !hiddenFrom.includes(id));
  return {
    hiddenFrom,
    departmentId: kept?.departmentId ?? ticket.departmentId,
    restricted: isRestricted,
    visibleTo: isRestricted ? [...new Set([...named, ...confidantsOf(staff, organisation, hiddenFrom)])] : [],
  };
}

/** It leaves the hands of whom it is about. */
function routedPast({ ticket }: CaseScene, { hiddenFrom, departmentId }: Kept): TicketChange[] {
  const isTheirs = ticket.assigneeId !== null && hiddenFrom.includes(ticket.assigneeId);
  const moves = departmentId !== ticket.departmentId;
  return [
    ...(moves ? [{ kind: 'classified' as const, departmentId }] : []),
    ...(isTheirs || (moves && ticket.assigneeId !== null) ? [{ kind: 'assigned' as const, assigneeId: null }] : []),
  ];
}

/** A ticket is kept from people, restricted to few, or opened to all again (EX-01). */
export const restrict = step({
  name: 'restrict',
  summary: 'Restrict a case to few, keep it from the people whom it is about, or open it to all again',
  given,
  take(scene, _by, wanted) {
    const { ticket } = scene;
    const { restricted, about, visibleTo } = wanted;
    if (restricted === undefined && about === undefined && visibleTo === undefined)
      throw new WaslError('invalid', 'body: say who it is kept from (about), who sees it (visibleTo), or restricted.');
    requireAgents(scene, 'about', about);
    requireAgents(scene, 'visibleTo', visibleTo);
    const kept = standingOf(scene, wanted);
    const { departmentId: _d, ...standing } = kept;
    const keeping: TicketChange = { kind: 'kept', ...standing, ...(about ? { about } : {}) };
    const fresh = kept.visibleTo.filter((id) => !ticket.visibleTo.includes(id));
    const noted: TicketChange[] = wanted.note === undefined ? [] : [{ kind: 'noted', text: wanted.note.trim() }];
    return {
      changes: [keeping, ...routedPast(scene, kept), ...noted],
      alerts: fresh.map((agentId) => ({ kind: 'confidential' as const, agentId })),
      also: ticket.absorbed.map((number) => ({ number, changes: [keeping] })),
    };
  },
});
