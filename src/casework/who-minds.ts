import { type CaseScene, departmentOf } from './scene.ts';
import { actingFor, allIn, headOf } from './staff.ts';

/**
 * Who minds a ticket now: whoever has it (or stands in for them), else the head of its department, else the supervisors.
 * Their ids; nobody from whom it is hidden.
 */
export function whoMinds(scene: Pick<CaseScene, 'ticket' | 'staff' | 'organisation' | 'now'>): string[] {
  const { staff, now, ticket } = scene;
  const except = ticket.hiddenFrom;
  const own = ticket.assigneeId === null ? null : actingFor(staff, ticket.assigneeId, now);
  if (own && !except.includes(own.id)) return [own.id];
  const department = departmentOf(scene, ticket.departmentId);
  const head = department && headOf(staff, department, { now, except });
  return head ? [head.id] : allIn(staff, 'supervisor', { now, except }).map(({ id }) => id);
}
