import type { Agent } from '../agent/agent.ts';
import type { AgentRole } from '../agent/roles.ts';
import type { Department } from '../organisation/organisation.ts';

/** An agent as casework sees them. */
export type StaffMember = Pick<Agent, 'id' | 'name' | 'email' | 'role' | 'departments' | 'disabledAt' | 'createdAt'>;

/** Who stands in for whom, and when (تكليف, EX-08); times are ISO, `to` is not included, null for until further notice. */
export interface Deputy {
  agentId: string;
  deputyId: string;
  from: string;
  to: string | null;
}

/** All who work here, and who stands in for whom; a value, read once for a decision. */
export interface Staff {
  members: readonly StaffMember[];
  deputies: readonly Deputy[];
}

const isHere = ({ disabledAt }: StaffMember): boolean => disabledAt === null;

export const memberOf = ({ members }: Staff, id: string | null): StaffMember | null =>
  members.find((one) => one.id === id) ?? null;

/** Who acts for an agent at a time: a deputy in their absence, else they themselves; null where nobody of them is here. */
export function actingFor(staff: Staff, id: string, now: string): StaffMember | null {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at); ) {
    seen.add(at);
    const current: string = at;
    const duty = staff.deputies.find(
      ({ agentId, from, to }) => agentId === current && from <= now && (to === null || now < to),
    );
    const deputy = duty ? memberOf(staff, duty.deputyId) : null;
    if (!deputy || !isHere(deputy)) {
      const self = memberOf(staff, current);
      return self && isHere(self) ? self : null;
    }
    at = deputy.id;
  }
  return null;
}

const inRole = ({ members }: Staff, role: AgentRole): StaffMember[] =>
  members
    .filter((one) => one.role === role && isHere(one))
    .sort((one, other) => one.createdAt.localeCompare(other.createdAt));

/** The named head of a department, else the one who has been head in it for longest; whether here or not. */
const ownHead = (staff: Staff, { id, headId }: Department): StaffMember | null =>
  memberOf(staff, headId ?? null) ?? inRole(staff, 'head').find(({ departments }) => departments.includes(id)) ?? null;

/** Who heads a department at a time (WF-02), their deputy where they are away; not one of `except`; null where nobody does. */
export function headOf(staff: Staff, department: Department, { now, except = [] }: Except): StaffMember | null {
  const head = ownHead(staff, department);
  const acting = head && actingFor(staff, head.id, now);
  const others = inRole(staff, 'head').filter(({ departments }) => departments.includes(department.id));
  return [acting, ...others].find((one) => one && !except.includes(one.id)) ?? null;
}

export interface Except {
  /** ISO. */
  now: string;
  /** Ids of agents who are not to be taken. */
  except?: readonly string[];
}

/** Everybody in a role who is here, or acts for one who is not; without `except`. */
export const allIn = (staff: Staff, role: AgentRole, { now, except = [] }: Except): StaffMember[] => {
  const acting = inRole(staff, role).flatMap(({ id }) => actingFor(staff, id, now) ?? []);
  return [...new Map(acting.map((one) => [one.id, one])).values()].filter(({ id }) => !except.includes(id));
};

/** Whether somebody is the head of a department, acts for them, or is above all departments. */
export const isHeadOf = (
  staff: Staff,
  by: Pick<StaffMember, 'id' | 'role'> & { departments: readonly string[] },
  department: Department,
  now: string,
): boolean =>
  by.role === 'supervisor' ||
  by.role === 'administrator' ||
  (by.role === 'head' && by.departments.includes(department.id)) ||
  headOf(staff, department, { now })?.id === by.id;
