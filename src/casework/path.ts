import { WaslError } from '../errors.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { overStatuses, type TicketStatus, ticketStatuses } from '../ticket/types.ts';
import { isReady, requireReady } from './readiness.ts';
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

/**
 * Who takes a step: the care unit; the head of whoever has the ticket; whoever has it; those above; those above or the head
 * who answers for it; everybody who may work on it.
 */
export type Side = 'care' | 'head' | 'department' | 'supervisor' | 'approver' | 'both';

export interface Step {
  from: readonly TicketStatus[];
  side: Side;
  /** Where the ticket has to be: with the care unit, or with a department that it went to. Absent: wherever it is. */
  at?: 'care' | 'department';
}

const all = ticketStatuses;
const atCare = ['new', 'open', 'returned'] as const;
const atDepartment = ['transferred', 'in_progress'] as const;
const waiting = ['pending_customer', 'pending_third_party', 'on_hold'] as const;
const working = [...atCare, ...atDepartment, ...waiting] as const;

const isIn = (some: readonly TicketStatus[], status: TicketStatus): boolean => some.includes(status);

/** The path of a ticket as data: from which statuses a step leads on, and whose step it is (WF-01..05). */
export const path: Readonly<Record<StepName, Step>> = {
  accept: { from: ['new'], side: 'care' },
  reject: { from: ['new', 'open', 'returned'], side: 'care' },
  classify: { from: working, side: 'both' },
  transfer: { from: ['new', 'open', 'returned', 'transferred', 'in_progress', 'on_hold'], side: 'both' },
  assign: { from: [...atCare, ...atDepartment, ...waiting], side: 'head' },
  start: { from: ['new', 'open', 'transferred'], side: 'department' },
  return: { from: [...atDepartment, 'on_hold'], side: 'department', at: 'department' },
  'send-back': { from: ['returned'], side: 'care' },
  reply: { from: ['new', 'open', 'returned', 'in_progress', 'transferred', ...waiting, 'resolved'], side: 'care' },
  'approve-reply': { from: [...atCare, ...atDepartment, ...waiting, 'resolved'], side: 'approver' },
  'decline-reply': { from: [...atCare, ...atDepartment, ...waiting, 'resolved'], side: 'approver' },
  ask: { from: working, side: 'both' },
  call: { from: all.filter((one) => one !== 'rejected'), side: 'both' },
  decide: { from: working, side: 'both' },
  pause: { from: [...atCare, ...atDepartment], side: 'both' },
  resume: { from: waiting, side: 'both' },
  resolve: { from: [...atCare, ...atDepartment, ...waiting], side: 'care', at: 'care' },
  close: { from: [...atCare, ...atDepartment, ...waiting, 'resolved'], side: 'care', at: 'care' },
  reopen: { from: ['resolved', ...overStatuses], side: 'care' },
  escalate: { from: [...working, 'resolved', 'closed'], side: 'both' },
  // an answer may be objected to also while the ticket is worked on
  object: { from: all, side: 'care' },
  refer: { from: [...atCare, ...atDepartment, 'on_hold', 'pending_customer'], side: 'both' },
  'withdraw-referral': { from: all, side: 'both' },
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

/** Whether the care unit has the ticket: it is new, came back, or belongs to it; what waits is where it was before. */
export function isWithCare(scene: Pick<CaseScene, 'ticket' | 'organisation'>): boolean {
  const { status, departmentId, resumesAs } = scene.ticket;
  const before = isIn(waiting, status) ? (resumesAs ?? 'open') : status;
  return isIn(atCare, before) || departmentId === careUnitOf(scene)?.id;
}

function isOfDepartment(scene: CaseScene, by: Actor): boolean {
  const { departmentId, assigneeId } = scene.ticket;
  if (isHead(scene, by)) return true;
  return by.role === 'member' && by.departments.includes(departmentId) && (assigneeId === null || assigneeId === by.id);
}

const isHead = (scene: CaseScene, by: Actor): boolean => {
  const department = departmentOf(scene, scene.ticket.departmentId);
  return department !== null && isHeadOf(scene.staff, by, department, scene.now);
};

const isAbove = ({ role }: Actor): boolean => role === 'supervisor' || role === 'administrator';

/** The care unit has the steps of what is with it; what is with a department is that department's. */
const sides: Readonly<Record<Side, (scene: CaseScene, by: Actor) => boolean>> = {
  care: isCare,
  head: (scene, by) => (isWithCare(scene) ? isCare(scene, by) : isHead(scene, by)),
  department: (scene, by) => (isWithCare(scene) ? isCare(scene, by) : isOfDepartment(scene, by)),
  supervisor: (_scene, by) => isAbove(by),
  approver: (scene, by) => isAbove(by) || isHead(scene, by),
  both: (scene, by) => isCare(scene, by) || (!isWithCare(scene) && isOfDepartment(scene, by)),
};

/** Whether somebody may read what of a ticket is kept sealed: the care unit, and of its department the head and whoever has it. */
export const mayOpenSealed = (scene: CaseScene, by: Actor): boolean =>
  isCare(scene, by) || isHead(scene, by) || scene.ticket.assigneeId === by.id;

const isHandling: ReadonlySet<StepName> = new Set(['start', 'return', 'reply', 'resolve', 'approve-reply']);

/** Whether somebody may take a step on the ticket, wherever it stands. Who is kept from handling it takes none that treats it. */
export const mayTake = (scene: CaseScene, by: Actor, name: StepName): boolean =>
  sides[path[name].side](scene, by) &&
  !scene.ticket.hiddenFrom.includes(by.id) &&
  !(isHandling.has(name) && scene.ticket.notBy.includes(by.id));

/** Whether the ticket is where a step is taken. One that never went to a department is the care unit's in any case. */
const isAtPlace = (scene: CaseScene, { at }: Step): boolean => {
  if (at === undefined) return true;
  if (scene.ticket.status === 'resolved') return at === 'care';
  if (at === 'department') return !isWithCare(scene);
  return isWithCare(scene) || scene.ticket.routedAt === null;
};

/** The steps that somebody may take on the ticket as it stands. */
export const stepsNow = (scene: CaseScene, by: Actor): StepName[] =>
  stepNames.filter(
    (name) =>
      path[name].from.includes(scene.ticket.status) &&
      isAtPlace(scene, path[name]) &&
      mayTake(scene, by, name) &&
      isReady(scene, by, name),
  );

const placeSentences = {
  care: {
    reason: 'return-first',
    sentence: 'It is with a department: it has to come back with the department’s answer ("return") first.',
  },
  department: { reason: 'with-care-unit', sentence: 'The care unit has it, so there is nobody to return it to.' },
} as const;

/** Refuses a step that the ticket cannot take (`not-allowed`), or that is not this person's (`forbidden`). */
export function requireStep(scene: CaseScene, by: Actor, name: StepName): void {
  const { status }: Ticket = scene.ticket;
  const allowed = stepsNow(scene, by);
  if (!path[name].from.includes(status)) {
    const possible = allowed.length > 0 ? `Possible now: ${allowed.join(', ')}.` : 'No step is possible for you now.';
    const reason = isIn(overStatuses, status) ? 'ticket-over' : 'step-not-possible';
    throw new WaslError('not-allowed', `The ticket is ${status}: "${name}" is not possible. ${possible}`, {
      details: { reason, status, allowed },
    });
  }
  const { at } = path[name];
  if (at && !isAtPlace(scene, path[name])) {
    const { reason, sentence } = placeSentences[at];
    throw new WaslError('not-allowed', `"${name}" is not possible. ${sentence}`, {
      details: { reason, status, allowed },
    });
  }
  if (!mayTake(scene, by, name)) {
    throw new WaslError('forbidden', `"${name}" is not your step on this ticket.`, {
      details: { reason: 'not-your-step', status, allowed },
    });
  }
  try {
    requireReady(scene, by, name);
  } catch (error) {
    if (!(error instanceof WaslError)) throw error;
    const details = { ...(error.details as object | undefined), status, allowed };
    throw new WaslError(error.code, error.message, { details, cause: error });
  }
}
