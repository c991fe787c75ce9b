import type { Ticket } from '../ticket/ticket.ts';

/** What a person is told honestly who escalates where it is not possible, or not yet. */
export type NoEscalation =
  /** `promisedAt`: by when the treatment is promised (ISO); null where no time is. */
  | { eligible: false; reason: 'not-yet'; promisedAt: string | null }
  /** It waits for the person, an outside body or material; `pause` is the reason. */
  | { eligible: false; reason: 'waiting'; status: Ticket['status']; pause: string; promisedAt: string | null }
  | { eligible: false; reason: 'escalated-already'; level: number; at: string }
  /** It was treated, and the person was answered: "not solved" and objections are what is left. */
  | { eligible: false; reason: 'closed-treated'; status: 'resolved' | 'closed' }
  | { eligible: false; reason: 'rejected' }
  | { eligible: false; reason: 'merged'; into: string };

export type MayEscalate = { eligible: true; why: 'person' | 'untreated' } | NoEscalation;

type Facts = Pick<Ticket, 'status' | 'outcome' | 'reply' | 'answer' | 'dueAt' | 'pauses' | 'escalation' | 'mergedInto'>;

/** Over without having been treated: not done, ended otherwise (as for want of data), or nobody answered the person. */
const isUntreated = ({ outcome, reply, answer }: Facts): boolean =>
  outcome !== 'done' || (reply === null && answer === null);

const byPerson: readonly string[] = ['person', 'untreated'];

/** While it is being worked on: once the promised time has passed on its clock, and not again where they escalated last. */
function whileOpen({ status, dueAt, pauses, escalation }: Facts, now: string): MayEscalate {
  const promisedAt = dueAt.resolution;
  const stop = pauses.find(({ to, stops }) => to === null && stops);
  // a clock that stands has not passed what it had not passed when it stopped
  const isLate = promisedAt !== null && promisedAt <= (stop?.from ?? now);
  if (!isLate && stop) return { eligible: false, reason: 'waiting', status, pause: stop.reason, promisedAt };
  if (escalation && byPerson.includes(escalation.why)) {
    return { eligible: false, reason: 'escalated-already', level: escalation.level, at: escalation.at };
  }
  return isLate ? { eligible: true, why: 'person' } : { eligible: false, reason: 'not-yet', promisedAt };
}

/**
 * Whether the person of a ticket may have it escalated now (ISO), and why, or why not (ES-01): the promised time has passed,
 * or it ended without being treated. Staff may at any time. Pure.
 */
export function mayEscalate(ticket: Facts, now: string): MayEscalate {
  const { status, mergedInto } = ticket;
  if (mergedInto !== null) return { eligible: false, reason: 'merged', into: mergedInto };
  if (status === 'rejected') return { eligible: false, reason: 'rejected' };
  if (status !== 'resolved' && status !== 'closed') return whileOpen(ticket, now);
  return isUntreated(ticket)
    ? { eligible: true, why: 'untreated' }
    : { eligible: false, reason: 'closed-treated', status };
}
