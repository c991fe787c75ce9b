import type { Ticket } from '../ticket/ticket.ts';
import type { TicketStatus } from '../ticket/types.ts';
import { alertTo, headFor, keptOut, nobodyThere, workersIn } from './hand-over.ts';
import { type Actor, type CaseScene, careUnitOf, departmentOf, type StepOutcome } from './scene.ts';
import { allIn, type StaffMember } from './staff.ts';

interface Way {
  departmentId: string;
  to: StaffMember | null;
  status: TicketStatus;
}

/** Whoever had a hand in what the person was told. */
const hands = (ticket: Ticket): string[] =>
  [ticket.answer?.byId, ticket.reply?.byId, ticket.assigneeId, ...ticket.handlers].flatMap((id) => id ?? []);

/** Where it goes: to the department that answered, to somebody who did not have it; else to its head. */
function wayOf(scene: CaseScene): Way {
  const { ticket } = scene;
  const answered = ticket.answer?.departmentId ?? (ticket.routedAt === null ? null : ticket.departmentId);
  const department = answered === null ? null : departmentOf(scene, answered);
  const care = careUnitOf(scene);
  const except = [...keptOut(scene), ...hands(ticket)];
  if (department && !department.careUnit) {
    const others = workersIn(scene, department, except).filter(({ role }) => role === 'member' || role === 'head');
    const members = others.filter(({ role }) => role === 'member');
    const to = members[0] ?? others[0] ?? headFor(scene, department);
    return { departmentId: department.id, to, status: 'transferred' };
  }
  const agents = care ? workersIn(scene, care, except).filter(({ role }) => role === 'agent') : [];
  return { departmentId: ticket.departmentId, to: agents[0] ?? null, status: 'open' };
}

/**
 * The person is not satisfied: the ticket goes back to the department that answered, to somebody who did not handle it
 * (WF-06, ES-05), or, where none had it, to another agent of the care unit. From a set round on management is told. Pure;
 * `by` is whoever of staff recorded it, null where the person said it in a conversation. Tells the person nothing.
 */
export function sendAgain(scene: CaseScene, text: string, by: Pick<Actor, 'id'> | null = null): StepOutcome {
  const { ticket, staff, now, organisation } = scene;
  const { departmentId, to, status } = wayOf(scene);
  const department = departmentOf(scene, departmentId);
  const count = ticket.counts.unsatisfied + 1;
  const told = { kind: 'unsatisfied' as const, values: { count } };
  const head = department && status === 'transferred' ? headFor(scene, department, ticket.hiddenFrom) : null;
  const people = [to, head].flatMap((one) => one ?? []);
  const nobody = to === null && department ? nobodyThere(scene, by, department) : [];
  const management =
    count >= organisation.casework.unsatisfiedRounds
      ? allIn(staff, 'management', { now, except: ticket.hiddenFrom })
      : [];
  return {
    changes: [{ kind: 'unsatisfied', text, departmentId, assigneeId: to?.id ?? null, status }],
    alerts: [...nobody, ...alertTo([...people, ...management], by, told)],
  };
}

/**
 * To whom it went that the person is not satisfied, as they may be told: somebody `other` than those who handled it, its head
 * `again`, or `nobody` yet, which those above were told. Pure.
 */
export function wentTo(before: Ticket, { assigneeId }: Pick<Ticket, 'assigneeId'>): 'other' | 'again' | 'nobody' {
  if (assigneeId === null) return 'nobody';
  return hands(before).includes(assigneeId) || before.notBy.includes(assigneeId) ? 'again' : 'other';
}
