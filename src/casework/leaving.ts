import { WaslError } from '../errors.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type HandedOver, toHead, toNamed } from './hand-over.ts';
import { isWithCare } from './path.ts';
import { type Actor, type CaseScene, careUnitOf, departmentOf, type StepOutcome } from './scene.ts';

/** To whom the tickets of somebody who leaves go: an agent by id, or the head of each ticket's department. */
export type Heir = string | 'head';

/** The statuses in which a ticket needs somebody. */
export const inHand: readonly Ticket['status'][] = [
  'new',
  'open',
  'transferred',
  'in_progress',
  'pending_customer',
  'pending_third_party',
  'on_hold',
  'returned',
];

/** The named heir, where they may have this ticket; else null. */
function toHeir(scene: CaseScene, heir: Heir, handing: Parameters<typeof toNamed>[2]): HandedOver | null {
  if (heir === 'head') return null;
  try {
    return toNamed(scene, heir, handing);
  } catch (error) {
    if (error instanceof WaslError) return null;
    throw error;
  }
}

/**
 * A ticket leaves the hands of somebody who works here no more: to the heir; where that one works elsewhere or is kept from
 * it, to the head of its department; in the care unit to nobody, so that the queue shows it. Pure.
 */
export function leftBehind(scene: CaseScene, by: Pick<Actor, 'id' | 'name'>, heir: Heir): StepOutcome {
  const isHere = isWithCare(scene);
  const department = isHere ? careUnitOf(scene) : departmentOf(scene, scene.ticket.departmentId);
  const nobody: HandedOver = { assigneeId: null, alerts: [] };
  const handing = department && { department, by, alert: { kind: 'assigned' as const, values: { by: by.name } } };
  const named = handing && toHeir(scene, heir, handing);
  const { assigneeId, alerts } = named ?? (handing && !isHere ? toHead(scene, handing) : nobody);
  return { changes: [{ kind: 'assigned', assigneeId }], alerts };
}
