import { z } from 'zod';
import { WaslError } from '../../errors.ts';
import type { TicketChange } from '../../ticket/events.ts';
import { requireOwnVoice } from '../answer.ts';
import { step } from '../declare.ts';
import { words } from '../given.ts';
import { type HandedOver, toHead, worksIn } from '../hand-over.ts';
import { type Actor, type CaseScene, careUnitOf, departmentOf } from '../scene.ts';
import { memberOf } from '../staff.ts';

function backToHead(scene: CaseScene, by: Actor, note: string): HandedOver {
  const department = departmentOf(scene, scene.ticket.departmentId);
  if (!department || department.careUnit || scene.ticket.routedAt === null) {
    throw new WaslError('not-allowed', 'No department had this ticket: reopen it, then "transfer" it.', {
      details: { reason: 'no-department' },
    });
  }
  return toHead(scene, { department, by, alert: { kind: 'transferred', values: { note, by: by.name } } });
}

/** At the care unit it waits for anybody, unless one of its own had it. */
function toQueue(scene: CaseScene): TicketChange[] {
  const had = memberOf(scene.staff, scene.ticket.assigneeId);
  const care = careUnitOf(scene);
  const isOurs = had?.disabledAt === null && care !== null && worksIn(had, care);
  return scene.ticket.assigneeId === null || isOurs ? [] : [{ kind: 'assigned', assigneeId: null }];
}

/** Staff open a ticket again, with a remark that says why; a rejected one is accepted by that. */
export const reopen = step({
  name: 'reopen',
  summary: 'Open a ticket that was over again: at the care unit, or at the department that had it',
  given: z.strictObject({
    note: words().meta({ description: 'Why; only staff see it.' }),
    toDepartment: z.boolean().optional().meta({ description: 'Back to the department that had it, to its head.' }),
  }),
  take(scene, by, given) {
    requireOwnVoice(scene.ticket);
    const note = given.note.trim();
    const status = given.toDepartment ? 'transferred' : 'open';
    const reopened: TicketChange = { kind: 'reopened', why: 'staff', status, note };
    const news = { kind: 'reopened' as const, values: {} };
    if (!given.toDepartment) {
      const accepted: TicketChange[] = scene.ticket.acceptedAt === null ? [{ kind: 'accepted' }] : [];
      return { changes: [reopened, ...accepted, ...toQueue(scene)], news };
    }
    const { assigneeId, alerts } = backToHead(scene, by, note);
    return { changes: [reopened, { kind: 'assigned', assigneeId }], news, alerts };
  },
});
