import { WaslError } from '../errors.ts';
import type { TicketChange } from '../ticket/events.ts';
import { alertTo, headFor } from './hand-over.ts';
import { type AlertDraft, type CaseScene, departmentOf } from './scene.ts';
import { isHeadOf, memberOf } from './staff.ts';

/** Somebody of a department writes remarks on what it has or had, what is theirs, and what they answer for (`forbidden`). Pure. */
export function requireOwnMatter(scene: CaseScene, byId: string | null): void {
  const { ticket, staff, now } = scene;
  const member = memberOf(staff, byId);
  if (member?.role !== 'member' || ticket.assigneeId === member.id) return;
  const had = [ticket.departmentId, ...ticket.hadBy];
  if (member.departments.some((id) => had.includes(id))) return;
  const department = departmentOf(scene, ticket.departmentId);
  if (department && isHeadOf(staff, member, department, now)) return;
  throw new WaslError('forbidden', 'This ticket is not with your department.', {
    details: { reason: 'not-your-step' },
  });
}

/** The head of whoever has the ticket, or their deputy, is told of a remark that is meant for them (TK-04). Pure. */
export function remarkAlerts(scene: CaseScene, byId: string | null, changes: readonly TicketChange[]): AlertDraft[] {
  const remark = changes.find((one) => one.kind === 'noted' && one.to === 'head');
  const department = departmentOf(scene, scene.ticket.departmentId);
  const head = remark && department ? headFor(scene, department, scene.ticket.hiddenFrom) : null;
  if (!head || remark?.kind !== 'noted') return [];
  const by = memberOf(scene.staff, byId)?.name ?? '';
  const values = { by, ...(scene.ticket.restricted ? {} : { note: remark.text }) };
  return alertTo([head], byId === null ? null : { id: byId }, { kind: 'noted', values });
}
