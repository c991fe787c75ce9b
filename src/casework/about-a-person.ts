import type { OrganisationSnapshot } from '../organisation/settings.ts';
import { memberOf, type Staff, type StaffMember } from './staff.ts';

type Organisation = Pick<OrganisationSnapshot, 'departments' | 'casework'>;

/** Where a matter goes that is about people of the staff, and from whom it is kept. */
export interface Kept {
  /** The people it is about, and those below them; by id. */
  hiddenFrom: string[];
  departmentId: string;
  restricted: boolean;
  /** Named people who may see it where it is restricted. */
  visibleTo: string[];
}

const above: readonly StaffMember['role'][] = ['supervisor', 'administrator'];
const seniors: readonly StaffMember['role'][] = [...above, 'management'];

const isHere = ({ disabledAt }: StaffMember): boolean => disabledAt === null;

/** The departments that somebody heads. */
const headedBy = ({ id, role, departments }: StaffMember, organisation: Organisation): string[] =>
  organisation.departments
    .filter((one) => one.headId === id || (role === 'head' && departments.includes(one.id)))
    .map((one) => one.id);

/** Everybody who works in these departments alone. */
const belowIn = ({ members }: Staff, headed: ReadonlySet<string>): StaffMember[] =>
  members.filter(
    ({ role, departments }) =>
      !seniors.includes(role) && departments.length > 0 && departments.every((id) => headed.has(id)),
  );

/** The staff that a list of ids and e-mail addresses names, of those who are here. */
export const namedIn = ({ members }: Staff, named: readonly string[]): StaffMember[] => {
  const wanted = new Set(named.map((one) => one.trim().toLowerCase()));
  return members.filter((one) => isHere(one) && (wanted.has(one.id.toLowerCase()) || wanted.has(one.email)));
};

/** Who may see what is restricted, beside its assignee and those above: the confidants; management where nobody above is left. */
export function confidantsOf(
  staff: Staff,
  { casework }: Pick<Organisation, 'casework'>,
  hiddenFrom: readonly string[],
): string[] {
  const open = staff.members.filter((one) => isHere(one) && !hiddenFrom.includes(one.id));
  const isAnyAbove = open.some(({ role }) => above.includes(role));
  const named = namedIn(staff, casework.confidants).filter(({ id }) => !hiddenFrom.includes(id));
  const management = isAnyAbove ? [] : open.filter(({ role }) => role === 'management');
  return [...new Set([...named, ...management].map(({ id }) => id))];
}

/**
 * A complaint about a person never reaches that person, nor those below them (EX-01). One about somebody who heads a
 * department goes to the care unit and is restricted to those above; about a supervisor, to the others; one about a member
 * stays where it belongs, so that their head may see to it. `departmentId` is where it would go otherwise. Pure.
 */
export function keptFrom(
  staff: Staff,
  organisation: Organisation,
  { about, departmentId }: { about: readonly string[]; departmentId: string },
): Kept {
  const people = about.flatMap((id) => memberOf(staff, id) ?? []);
  const headed = new Set(people.flatMap((one) => headedBy(one, organisation)));
  const hiddenFrom = [...new Set([...people, ...belowIn(staff, headed)].map(({ id }) => id))];
  const restricted = headed.size > 0 || people.some(({ role }) => seniors.includes(role));
  const care = organisation.departments.find(({ careUnit }) => careUnit)?.id;
  return {
    hiddenFrom,
    departmentId: restricted ? (care ?? departmentId) : departmentId,
    restricted,
    visibleTo: restricted ? confidantsOf(staff, organisation, hiddenFrom) : [],
  };
}
