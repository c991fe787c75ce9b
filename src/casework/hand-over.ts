import type { AlertKind } from '../alert/alert.ts';
import { WaslError } from '../errors.ts';
import { inLanguage } from '../language/language.ts';
import type { Department } from '../organisation/organisation.ts';
import type { Actor, AlertDraft, CaseScene } from './scene.ts';
import { allIn, headOf, memberOf, type StaffMember } from './staff.ts';

/** Nobody of these gets the ticket: whom it is kept from, and who handled it before where somebody else has to. */
export const keptOut = ({ ticket: { notBy, hiddenFrom } }: Pick<CaseScene, 'ticket'>): string[] => [
  ...notBy,
  ...hiddenFrom,
];

/** Who heads a department for this ticket: its head, or who acts for them; null where nobody may have it. */
export const headFor = (scene: CaseScene, department: Department, except = keptOut(scene)): StaffMember | null =>
  headOf(scene.staff, department, { now: scene.now, except });

/** Those who see to what nobody sees to: supervisors, else administrators, without whom it is hidden from. */
export function thoseAbove({ staff, now, ticket: { hiddenFrom } }: CaseScene): StaffMember[] {
  const supervisors = allIn(staff, 'supervisor', { now, except: hiddenFrom });
  return supervisors.length > 0 ? supervisors : allIn(staff, 'administrator', { now, except: hiddenFrom });
}

/** One alert for each of them, but none to whoever did it themselves. */
export const alertTo = (
  people: readonly Pick<StaffMember, 'id'>[],
  by: Pick<Actor, 'id'> | null,
  { kind, values = {} }: { kind: AlertKind; values?: AlertDraft['values'] },
): AlertDraft[] =>
  [...new Set(people.map(({ id }) => id))]
    .filter((id) => id !== by?.id)
    .map((agentId) => ({ kind, agentId, values: values ?? {} }));

/** Those above are told that nobody takes a ticket of this department. */
export const nobodyThere = (scene: CaseScene, by: Pick<Actor, 'id'> | null, department: Department): AlertDraft[] =>
  alertTo(thoseAbove(scene), by, { kind: 'nobody-there', values: { department: nameOf(scene, department) } });

/** A department as staff call it. */
export const nameOf = ({ organisation }: Pick<CaseScene, 'organisation'>, { name }: Department): string =>
  inLanguage(name, organisation.organisation.defaultLanguage);

/** Who gets a ticket, and who is told of it. */
export interface HandedOver {
  assigneeId: string | null;
  alerts: AlertDraft[];
}

interface Handing {
  department: Department;
  by: Pick<Actor, 'id'> | null;
  alert: { kind: AlertKind; values?: AlertDraft['values'] };
}

/** A ticket goes to the head of a department (WF-02); where there is none it stays with nobody, and those above are told. */
export function toHead(scene: CaseScene, { department, by, alert }: Handing): HandedOver {
  const head = headFor(scene, department);
  if (!head) return { assigneeId: null, alerts: nobodyThere(scene, by, department) };
  return { assigneeId: head.id, alerts: alertTo([head], by, alert) };
}

/** A ticket goes to somebody who was named: they have to work there, be here, and not be kept from it. */
export function toNamed(scene: CaseScene, assigneeId: string, { department, by, alert }: Handing): HandedOver {
  const member = memberOf(scene.staff, assigneeId);
  if (!member) throw new WaslError('invalid', 'body.assigneeId: there is no such agent.');
  const reason = whyNot(scene, member, department);
  if (reason !== null) {
    throw new WaslError('not-allowed', `body.assigneeId: ${sentences[reason]}`, { details: { reason } });
  }
  return { assigneeId, alerts: alertTo([member], by, alert) };
}

const sentences = {
  'agent-left': 'this agent does not work here any more; choose another.',
  'agent-elsewhere': 'this agent works in another department; choose one of this one, or transfer the ticket.',
  'agent-kept-out': 'this agent may not handle this ticket; choose another.',
} as const;

function whyNot(scene: CaseScene, member: StaffMember, department: Department): keyof typeof sentences | null {
  if (member.disabledAt !== null) return 'agent-left';
  if (!worksIn(member, department)) return 'agent-elsewhere';
  return keptOut(scene).includes(member.id) ? 'agent-kept-out' : null;
}

const careRoles: readonly StaffMember['role'][] = ['agent', 'coordinator', 'supervisor', 'administrator'];

/** Whether somebody works in a department: is a member of it or its head; in the care unit also whoever has its roles and no other department. */
export const worksIn = ({ id, role, departments }: StaffMember, department: Department): boolean =>
  departments.includes(department.id) ||
  department.headId === id ||
  (department.careUnit === true && careRoles.includes(role) && departments.length === 0);

/** Those who work in a department and may get the ticket, whoever has been here for longest first; not one of `except`. */
export const workersIn = ({ staff }: CaseScene, department: Department, except: readonly string[]): StaffMember[] =>
  staff.members
    .filter((one) => one.disabledAt === null && !except.includes(one.id) && worksIn(one, department))
    .sort((one, other) => one.createdAt.localeCompare(other.createdAt));
