import type { Actor } from '../casework/scene.ts';
import { isHeadOf, type Staff } from '../casework/staff.ts';
import { WaslError } from '../errors.ts';
import type { Department } from '../organisation/organisation.ts';

const above: readonly Actor['role'][] = ['supervisor', 'management', 'administrator'];

interface Asking {
  by: Actor;
  staff: Staff;
  departments: readonly Department[];
  /** ISO. */
  now: string;
}

/** The departments whose figures somebody may see: null for all; a head sees their own, and so does who stands in for them. */
function mine({ by, staff, departments, now }: Asking): string[] | null {
  if (above.includes(by.role)) return null;
  const own = departments.filter((one) => isHeadOf(staff, by, one, now)).map(({ id }) => id);
  if (own.length > 0) return own;
  throw new WaslError('forbidden', 'Reports are for heads of departments and for those above them.');
}

/** The departments of a report: the one that is asked for, else all that the asker may see (null: all). */
export function whose(asking: Asking, departmentId: string | undefined, at = 'query.departmentId'): string[] | null {
  const own = mine(asking);
  if (departmentId === undefined) return own;
  if (own !== null && !own.includes(departmentId)) {
    throw new WaslError('forbidden', 'You see the figures of your own department only.');
  }
  if (asking.departments.some(({ id }) => id === departmentId)) return [departmentId];
  throw new WaslError('invalid', `${at}: there is no department "${departmentId}".`);
}
