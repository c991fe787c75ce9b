import type { CaseScene } from './scene.ts';
import { departmentOf } from './scene.ts';
import { actingFor, allIn, headOf } from './staff.ts';

/**
 * Whom the time of a ticket concerns: who has it (or stands in for them), else the head of its department, else the
 * supervisors. Never whom the ticket is kept from; of a restricted one nobody but its assignee and the supervisors.
 */
export function whoHasIt(scene: CaseScene): string[] {
  const { ticket, staff, now } = scene;
  const except = { now, except: ticket.hiddenFrom };
  const assignee = ticket.assigneeId === null ? null : actingFor(staff, ticket.assigneeId, now);
  if (assignee && !ticket.hiddenFrom.includes(assignee.id)) return [assignee.id];
  const department = ticket.restricted ? null : departmentOf(scene, ticket.departmentId);
  const head = department && headOf(staff, department, except);
  return head ? [head.id] : allIn(staff, 'supervisor', except).map(({ id }) => id);
}
