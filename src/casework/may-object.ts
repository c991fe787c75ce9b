import type { OrganisationSnapshot } from '../organisation/settings.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { overStatuses, type TicketStatus } from '../ticket/types.ts';
import { levelsOf } from './ladder.ts';
import { later } from './later.ts';

/** What a person is told honestly who objects where it is not possible. */
export type NoObjection =
  | { eligible: false; reason: 'merged'; into: string }
  /** There is nothing yet to object to; `promisedAt` (ISO): by when there is, null where no time is promised. */
  | { eligible: false; reason: 'no-answer-yet'; promisedAt: string | null }
  | { eligible: false; reason: 'too-late'; until: string }
  /** An objection to it is being looked at. */
  | { eligible: false; reason: 'objection-open'; number: string }
  /** An objection to it was answered: that answer is what may be objected to. */
  | { eligible: false; reason: 'objection-answered'; number: string }
  /** There is no level above the one that decided. */
  | { eligible: false; reason: 'highest-decided' };

/** `level`: the level of the ladder of objections that decides on it; from 1. */
export type MayObject = { eligible: true; level: number } | NoObjection;

/** Another ticket that objects to this one, as far as it matters here. */
export type EarlierObjection = Pick<Ticket, 'number' | 'status' | 'closedAt'>;

type Organisation = Pick<OrganisationSnapshot, 'casework' | 'sla' | 'calendars'>;
type Level = ReturnType<typeof levelsOf>[number];

const aboveDepartments: readonly Level['to'][] = ['supervisor', 'management', 'agents'];
const atOnce = { amount: 0, unit: 'business_minutes' } as const;

/**
 * The levels that decide on objections, the lowest first: those of the ladder of objections that are above a department; the
 * supervisors and management where it has none. Pure.
 */
export function objectionLevels(organisation: Pick<OrganisationSnapshot, 'casework'>): { level: number; of: Level }[] {
  const levels = levelsOf(organisation, 'objection');
  const above = levels.flatMap((of, place) => (aboveDepartments.includes(of.to) ? [{ level: place + 1, of }] : []));
  if (above.length > 0) return above;
  return (['supervisor', 'management'] as const).map((to, place) => ({
    level: levels.length + place + 1,
    of: { after: atOnce, to },
  }));
}

/** The level that decided on a ticket: none but on an objection. Who only heard of it since has not decided. */
const decidedAt = ({ type, objectionTo, escalation }: Ticket): number => {
  if (type !== 'objection' || objectionTo === null || !escalation) return 0;
  return escalation.why === 'objection' ? escalation.level : escalation.level - 1;
};

const answered: readonly TicketStatus[] = ['resolved', ...overStatuses];

/** The last objection stands in the way: until it is over, and afterwards unless the ticket was answered anew. */
function inTheWay({ objections, reply }: Ticket, known: readonly EarlierObjection[]): NoObjection | null {
  const number = objections.at(-1);
  if (number === undefined) return null;
  const last = known.find((one) => one.number === number);
  if (!last || !overStatuses.includes(last.status)) return { eligible: false, reason: 'objection-open', number };
  const isAnsweredAnew = reply !== null && last.closedAt !== null && reply.at > last.closedAt;
  return isAnsweredAnew ? null : { eligible: false, reason: 'objection-answered', number };
}

/**
 * Whether the person of a ticket may object to what they were answered now (ISO), or why not (ES-03, ES-04): it was
 * answered or is over, within the grace time, and there is a level above. `known`: the tickets of `ticket.objections`; one
 * that is not among them counts as open. Pure.
 */
export function mayObject(
  ticket: Ticket,
  organisation: Organisation,
  now: string,
  known: readonly EarlierObjection[] = [],
): MayObject {
  const { status, reply, closedAt, resolvedAt, mergedInto, dueAt } = ticket;
  if (mergedInto !== null) return { eligible: false, reason: 'merged', into: mergedInto };
  const isEnd = answered.includes(status);
  if (!isEnd && reply === null) return { eligible: false, reason: 'no-answer-yet', promisedAt: dueAt.resolution };
  const inWay = inTheWay(ticket, known);
  if (inWay) return inWay;
  const ended = isEnd ? (closedAt ?? resolvedAt) : null;
  const until = later(organisation, ended ?? reply?.at ?? ticket.statusAt, organisation.casework.times.grace);
  if (until <= now) return { eligible: false, reason: 'too-late', until };
  const next = objectionLevels(organisation).find(({ level }) => level > decidedAt(ticket));
  return next ? { eligible: true, level: next.level } : { eligible: false, reason: 'highest-decided' };
}
