import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import { step } from '../declare.ts';
import { note, noted } from '../given.ts';
import { type HandedOver, toHead, toNamed } from '../hand-over.ts';
import { isWithCare } from '../path.ts';
import { type Actor, type CaseScene, careUnitOf, departmentOf } from '../scene.ts';

/** To somebody who is named, or back: in a department to its head, in the care unit to nobody. */
function handedOver(scene: CaseScene, by: Actor, given: { assigneeId: string | null; note?: string | undefined }) {
  const isHere = isWithCare(scene);
  const department = isHere ? careUnitOf(scene) : departmentOf(scene, scene.ticket.departmentId);
  if (!department) throw new WaslError('not-allowed', 'The department of this ticket is no more: "transfer" it.');
  const values = { by: by.name, ...noted(given.note) };
  const handing = { department, by, alert: { kind: 'assigned' as const, values } };
  if (given.assigneeId !== null) return toNamed(scene, given.assigneeId, handing);
  const nobody: HandedOver = { assigneeId: null, alerts: [] };
  return isHere ? nobody : toHead(scene, handing);
}

/** The head gives the ticket to somebody of the department, with a remark (WF-03). */
export const assign = step({
  name: 'assign',
  summary: 'Assign a ticket to somebody of the department that has it; null gives it back to its head',
  given: z.strictObject({ assigneeId: z.string().max(200).nullable(), note }),
  take(scene, by, given) {
    const { assigneeId, alerts } = handedOver(scene, by, given);
    return { changes: [{ kind: 'assigned', assigneeId, ...noted(given.note) }], alerts };
  },
});
