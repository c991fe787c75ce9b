import { WaslError } from '../errors.ts';
import { type Deputy, memberOf, type Staff, type StaffMember } from './staff.ts';

const after = (one: string, to: string | null): boolean => to !== null && one >= to;

/** Whether two times of standing in have a moment in common. */
const overlap = (one: Pick<Deputy, 'from' | 'to'>, other: Pick<Deputy, 'from' | 'to'>): boolean =>
  !after(one.from, other.to) && !after(other.from, one.to);

/** Whom somebody hands their work to within a time, and those to whom these hand it. */
function chainOf(staff: Staff, { deputyId, from, to }: Deputy): Set<string> {
  const seen = new Set([deputyId]);
  for (const id of seen) {
    for (const one of staff.deputies) if (one.agentId === id && overlap(one, { from, to })) seen.add(one.deputyId);
  }
  return seen;
}

function requirePerson(staff: Staff, field: string, id: string): StaffMember {
  const found = memberOf(staff, id);
  if (!found) throw new WaslError('invalid', `body.${field}: there is no such agent.`);
  if (found.disabledAt !== null) throw new WaslError('invalid', `body.${field}: this agent is disabled.`);
  return found;
}

/**
 * Refuses a deputy that cannot be: oneself, somebody who is not here or works with no tickets, one of two at a time, one who
 * would hand the work back, or for no time at all. Pure.
 */
export function requireDeputy(staff: Staff, wanted: Deputy, now: string): void {
  const { agentId, deputyId, from, to } = wanted;
  if (agentId === deputyId) throw new WaslError('invalid', 'body.deputyId: nobody is their own deputy.');
  requirePerson(staff, 'agentId', agentId);
  if (requirePerson(staff, 'deputyId', deputyId).role === 'management')
    throw new WaslError('invalid', 'body.deputyId: management takes no steps on tickets: name somebody who does.');
  if (to !== null && to <= from) throw new WaslError('invalid', 'body.to: it must be after the beginning.');
  if (to !== null && to <= now) throw new WaslError('invalid', 'body.to: it must be to come.');
  const other = staff.deputies.find((one) => one.agentId === agentId && overlap(one, wanted));
  if (other) throw new WaslError('not-allowed', 'This agent has a deputy in that time: end that one first.');
  if (chainOf(staff, wanted).has(agentId))
    throw new WaslError('not-allowed', 'The deputy hands their own work, in that time, back to this agent.');
}
