import type { Ladder } from '../organisation/casework.ts';
import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { RaisedFor } from '../ticket/changes.ts';
import type { TicketChange } from '../ticket/events.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { namedIn } from './about-a-person.ts';
import { alertTo, keptOut, thoseAbove } from './hand-over.ts';
import { maySee } from './may-see.ts';
import { type Actor, type AlertDraft, type CaseScene, departmentOf } from './scene.ts';
import { actingFor, allIn, headOf, type StaffMember } from './staff.ts';

type Level = Ladder['levels'][number];
type Organisation = Pick<OrganisationSnapshot, 'casework'>;

/** The ladder of a type (ES-01..07): of those that name it the one that names the fewest, else the one for all; of equals the first. Pure. */
export const ladderOf = ({ casework: { ladders } }: Organisation, type: Ticket['type']): Ladder | null =>
  ladders
    .filter(({ types }) => types === undefined || types.includes(type))
    .sort((one, other) => (one.types?.length ?? Infinity) - (other.types?.length ?? Infinity) || 0)[0] ?? null;

const atOnce = { amount: 0, unit: 'business_minutes' } as const;

/** Whom people reach who escalate or object where the setting has no ladder. */
const usual: readonly Level[] = [
  { after: atOnce, to: 'head' },
  { after: atOnce, to: 'supervisor' },
  { after: atOnce, to: 'management' },
];

/** The levels of a type, the lowest first; the first is level 1. Pure. */
export const levelsOf = (organisation: Organisation, type: Ticket['type']): readonly Level[] =>
  ladderOf(organisation, type)?.levels ?? usual;

const acting = ({ staff, now }: CaseScene, ids: readonly string[]): StaffMember[] =>
  ids.flatMap((id) => actingFor(staff, id, now) ?? []);

const finders: Readonly<
  Record<Level['to'], (scene: CaseScene, level: Level, except: readonly string[]) => StaffMember[]>
> = {
  assignee: (scene) => acting(scene, scene.ticket.assigneeId === null ? [] : [scene.ticket.assigneeId]),
  head(scene, _level, except) {
    const department = departmentOf(scene, scene.ticket.departmentId);
    const head = department && headOf(scene.staff, department, { now: scene.now, except });
    return head ? [head] : [];
  },
  supervisor: ({ staff, now }, _level, except) => allIn(staff, 'supervisor', { now, except }),
  management: ({ staff, now }, _level, except) => allIn(staff, 'management', { now, except }),
  agents: (scene, { agentIds = [] }) =>
    acting(
      scene,
      namedIn(scene.staff, agentIds).map(({ id }) => id),
    ),
};

/** The people of a level, or who stands in for them, without `except` and those whom the ticket is kept from. */
export function peopleAt(scene: CaseScene, level: Level, except: readonly string[] = []): StaffMember[] {
  const without = [...except, ...scene.ticket.hiddenFrom];
  const found = finders[level.to](scene, level, without).filter(({ id }) => !without.includes(id));
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** Management reads and takes no steps: a ticket that goes to somebody goes to who can work on it. */
const canWork = ({ role }: StaffMember): boolean => role !== 'management';

export interface Climb {
  /** The level that was reached before. */
  from: number;
  why: RaisedFor;
  /** The ticket goes to somebody of the level, whatever the level says of that. */
  takes?: boolean;
  by?: Pick<Actor, 'id'> | null;
  values?: AlertDraft['values'];
}

export interface Climbed {
  changes: TicketChange[];
  alerts: AlertDraft[];
  /** Whom it reached; null where nobody is there at any level. */
  at: Level | null;
}

/** What of a level is told and who gets the ticket; a restricted ticket reaches nobody who may not see it. */
function reached(scene: CaseScene, level: Level, takes: boolean) {
  const { ticket } = scene;
  const people = peopleAt(scene, level);
  const wanted = takes || level.moves === true;
  const assignee = wanted ? people.find((one) => canWork(one) && !keptOut(scene).includes(one.id)) : undefined;
  const standing = assignee ? { ...ticket, assigneeId: assignee.id } : ticket;
  const told = people.filter((one) => maySee(one, standing));
  const assigned = assignee ? { assigneeId: assignee.id } : {};
  return { told, assigned };
}

/** A ticket climbs to the next level at which somebody is; what was empty on the way is entered as such. The highest is reached again. Pure. */
export function climb(scene: CaseScene, { from, why, takes = false, by = null, values = {} }: Climb): Climbed {
  const levels = levelsOf(scene.organisation, scene.ticket.type);
  const changes: TicketChange[] = [];
  const start = Math.min(from, levels.length - 1);
  for (const [place, level] of [...levels.entries()].slice(start)) {
    const { told, assigned } = reached(scene, level, takes);
    changes.push({ kind: 'escalated', level: place + 1, why, to: told.map(({ id }) => id), ...assigned });
    const alert = { kind: 'escalated' as const, values: { ...values, level: place + 1 } };
    if (told.length > 0) return { changes, alerts: alertTo(told, by, alert), at: level };
  }
  const alerts = alertTo(thoseAbove(scene), by, { kind: 'nobody-there', values });
  return { changes, alerts, at: null };
}
