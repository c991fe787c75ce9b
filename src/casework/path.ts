import { WaslError } from '../errors.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type TicketStatus, ticketStatuses } from '../ticket/types.ts';
import { type Actor, type CaseScene, careUnitOf, departmentOf } from './scene.ts';
import { isHeadOf } from './staff.ts';

/** Every step that staff may take on a ticket, by the name of its route. */
export const stepNames = [
  'accept',
  'reject',
  'classify',
  'transfer',
  'assign',
  'start',
  'return',
  'send-back',
  'reply',
  'approve-reply',
  'decline-reply',
  'ask',
  'call',
  'decide',
  'pause',
  'resume',
  'resolve',
  'close',
  'reopen',
  'escalate',
  'object',
  'refer',
  'withdraw-referral',
  'merge',
  'unmerge',
  'await-stock',
  'supply-date',
  'stock-arrived',
  'restrict',
  'delay',
  'unsatisfied',
] as const;
export type StepName = (typeof stepNames)[number];

/** Who takes a step: the care unit; the head of the ticket's department; whoever in it has the ticket; everybody who may work. */
export type Side = 'care' | 'head' | 'department' | 'supervisor' | 'both';

export interface Step {
  from: readonly TicketStatus[];
  side: Side;
}

const all = ticketStatuses;
const atCare = ['new', 'open', 'returned'] as const;
const atDepartment = ['transferred', 'in_progress'] as const;
const waiting = ['pending_customer', 'pending_third_party', 'on_hold'] as const;
const working = [...atCare, ...atDepartment, ...waiting] as const;
const over = ['closed', 'rejected'] as const;

/** The path of a ticket as data: from which statuses a step leads on, and whose step it is (WF-01..05). */
export const path: Readonly<Record<StepName, Step>> = {
  accept: { from: ['new'], side: 'care' },
  reject: { from: ['new', 'open', 'returned'], side: 'care' },
  classify: { from: working, side: 'both' },
  transfer: { from: ['new', 'open', 'returned', 'transferred', 'in_progress', 'on_hold'], side: 'both' },
  assign: { from: [...atCare, ...atDepartment, ...waiting], side: 'head' },
  start: { from: ['new', 'open', 'transferred'], side: 'department' },
  return: { from: [...atDepartment, 'on_hold'], side: 'department' },
  'send-back': { from: ['returned'], side: 'care' },
  reply: { from: ['new', 'open', 'returned', 'in_progress', 'transferred', ...waiting, 'resolved'], side: 'care' },
  'approve-reply': { from: [...atCare, ...atDepartment, ...waiting, 'resolved'], side: 'supervisor' },
  'decline-reply': { from: [...atCare, ...atDepartment, ...waiting, 'resolved'], side: 'supervisor' },
  ask: { from: working, side: 'both' },
  call: { from: all.filter((one) => one !== 'rejected'), side: 'both' },
  decide: { from: working, side: 'both' },
  pause: { from: [...atCare, ...atDepartment], side: 'both' },
  resume: { from: waiting, side: 'both' },
  resolve: { from: [...atCare, 'in_progress', ...waiting], side: 'care' },
  close: { from: [...atCare, ...waiting, 'resolved'], side: 'care' },
  reopen: { from: ['resolved', ...over], side: 'care' },
  escalate: { from: [...working, 'resolved', 'closed'], side: 'both' },
  object: { from: ['resolved', ...over], side: 'care' },
  refer: { from: [...atCare, ...atDepartment, 'on_hold', 'pending_customer'], side: 'both' },
  'withdraw-referral': { from: ['pending_third_party'], side: 'both' },
  merge: { from: [...working, 'resolved'], side: 'care' },
  unmerge: { from: all, side: 'care' },
  'await-stock': { from: [...atDepartment, 'returned', 'on_hold'], side: 'both' },
  'supply-date': { from: all, side: 'head' },
  'stock-arrived': { from: all, side: 'department' },
  restrict: { from: all, side: 'supervisor' },
  delay: { from: working, side: 'both' },
  unsatisfied: { from: ['resolved'], side: 'care' },
};

const careRoles: readonly Actor['role'][] = ['agent', 'coordinator', 'supervisor', 'administrator'];

const isCare = (scene: CaseScene, by: Actor): boolean =>
  careRoles.includes(by.role) || (by.role === 'head' && by.departments.includes(careUnitOf(scene)?.id ?? ''));

function isOfDepartment(scene: CaseScene, by: Actor): boolean {
  const { departmentId, assigneeId } = scene.ticket;
  const department = departmentOf(scene, departmentId);
  if (department && isHeadOf(scene.staff, by, department, scene.now)) return true;
  return by.role === 'member' && by.departments.includes(departmentId) && (assigneeId === null || assigneeId === by.id);
}

const isHead = (scene: CaseScene, by: Actor): boolean => {
  const department = departmentOf(scene, scene.ticket.departmentId);
  return department !== null && isHeadOf(scene.staff, by, department, scene.now);
};

/** A care agent has the steps of the care unit; what is with a department is that department's. */
const sides: Readonly<Record<Side, (scene: CaseScene, by: Actor) => boolean>> = {
  care: isCare,
  head: (scene, by) => isHead(scene, by) || (careUnitOf(scene)?.id === scene.ticket.departmentId && isCare(scene, by)),
  department: (scene, by) => isOfDepartment(scene, by) || isCareTicket(scene, by),
  supervisor: (_scene, { role }) => role === 'supervisor' || role === 'administrator',
  both: (scene, by) => isCare(scene, by) || isOfDepartment(scene, by),
};

/** The care unit treats itself what is not with a department. */
const isCareTicket = (scene: CaseScene, by: Actor): boolean => {
  const { status, departmentId } = scene.ticket;
  const isHere = status === 'new' || status === 'open' || departmentId === careUnitOf(scene)?.id;
  return isHere && isCare(scene, by);
};

const isHandling: ReadonlySet<StepName> = new Set(['start', 'return', 'reply', 'resolve', 'approve-reply']);

/** Whether somebody may take a step on the ticket, wherever it stands. Who is kept from handling it takes none that treats it. */
export const mayTake = (scene: CaseScene, by: Actor, name: StepName): boolean =>
  sides[path[name].side](scene, by) && !(isHandling.has(name) && scene.ticket.notBy.includes(by.id));

/** The steps that somebody may take on the ticket as it stands. */
export const stepsNow = (scene: CaseScene, by: Actor): StepName[] =>
  stepNames.filter((name) => path[name].from.includes(scene.ticket.status) && mayTake(scene, by, name));

/** Refuses a step that the ticket cannot take (`not-allowed`), or that is not this person's (`forbidden`). */
export function requireStep(scene: CaseScene, by: Actor, name: StepName): void {
  const { status }: Ticket = scene.ticket;
  const allowed = stepsNow(scene, by);
  if (!path[name].from.includes(status)) {
    const possible = allowed.length > 0 ? `Possible now: ${allowed.join(', ')}.` : 'No step is possible for you now.';
    const reason = over.includes(status as (typeof over)[number]) ? 'ticket-over' : 'step-not-possible';
    throw new WaslError('not-allowed', `The ticket is ${status}: "${name}" is not possible. ${possible}`, {
      details: { reason, status, allowed },
    });
  }
  if (allowed.includes(name)) return;
  throw new WaslError('forbidden', `"${name}" is not your step on this ticket.`, {
    details: { reason: 'not-your-step', status, allowed },
  });
}
