import { z } from 'zod';
import type { ClockName } from '../ticket/changes.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { complexity, ticketType } from '../ticket/types.ts';
import { type Counted, counted, plus, present } from './measures.ts';
import { dayAt, type Office, openMsBetween } from './office.ts';

/** By what figures are told apart. The department is the one that a matter counts for (TK-07). */
export const place = z.object({
  departmentId: z.string(),
  type: ticketType,
  complexity,
  channel: z.string(),
});
export type Place = z.infer<typeof place>;

export const contribution = place.extend({ day: z.string(), counted });
/** What one ticket adds to the figures of one local day. */
export type Contribution = z.infer<typeof contribution>;

/** An inquiry is answered at once (KP-05) where it is settled at first contact within this: the shortest time that people are promised. */
const atOnceMs = 15 * 60_000;
/** From this score of 5 on somebody is satisfied. */
const satisfiedFrom = 4;

/** The department that a ticket counts for: the one that its closing was credited to, else the one that has it. */
export const countsFor = ({ creditedTo, departmentId }: Ticket): string => creditedTo ?? departmentId;

/** Part of what a ticket adds, at the instant of the day on which it is to count. */
interface Fact {
  at: string;
  counted: Counted;
}

/** ms as the clock on the wall counts, and open time; the second is left out where no calendar can tell it. */
interface Lasted {
  ms: number;
  workMs?: number;
}

type Stretch = { from: string; to: string };

function lasted({ calendar }: Office, from: string, to: string, without: readonly Stretch[] = []): Lasted {
  const span = (one: Stretch): [number, number] => [
    Date.parse(one.from),
    Math.max(Date.parse(one.from), Date.parse(one.to)),
  ];
  const [begin, end] = span({ from, to });
  const breaks = without.map(span).map(([start, stop]): [number, number] => [start, Math.min(stop, end)]);
  const all = breaks.filter(([start, stop]) => start < stop);
  const ms = end - begin - all.reduce((sum, [start, stop]) => sum + stop - start, 0);
  if (!calendar) return { ms: Math.max(0, ms) };
  const open = ([start, stop]: readonly [number, number]): number => openMsBetween(calendar, start, stop);
  const workMs = open([begin, end]) - all.reduce((sum, one) => sum + open(one), 0);
  return { ms: Math.max(0, ms), workMs: Math.max(0, workMs) };
}

/** Whether a clock was kept: counted on the day when it was, or on that of the deadline that passed. */
function kept(
  ticket: Ticket,
  {
    clock,
    doneAt,
    names: [onTime, late],
  }: { clock: ClockName; doneAt: string | null; names: [keyof Counted, keyof Counted] },
): Fact[] {
  const dueAt = ticket.dueAt[clock];
  if (dueAt === null) return [];
  if (doneAt !== null && doneAt <= dueAt) return [{ at: doneAt, counted: { [onTime]: 1 } }];
  const isBreached = ticket.breached.some((one) => one.clock === clock && one.dueAt >= dueAt);
  return doneAt !== null || isBreached ? [{ at: dueAt, counted: { [late]: 1 } }] : [];
}

const isMerged = ({ mergedInto }: Ticket): boolean => mergedInto !== null;

/** When the person first heard from somebody: a refusal with its reason is an answer too. */
const answeredAt = ({ respondedAt, status, closedAt }: Ticket): string | null =>
  respondedAt ?? (status === 'rejected' ? closedAt : null);

function ofResponse(ticket: Ticket, office: Office): Fact[] {
  const doneAt = answeredAt(ticket);
  const verdict = kept(ticket, { clock: 'firstResponse', doneAt, names: ['responseOnTime', 'responseLate'] });
  if (doneAt === null) return verdict;
  const { ms, workMs = 0 } = lasted(office, ticket.openedAt, doneAt);
  return [...verdict, { at: doneAt, counted: { responded: 1, responseMs: ms, responseWorkMs: workMs } }];
}

/** Settled by whoever received it: it went to no department, nothing was asked back, it did not come again (KP-01). */
const isFirstContact = ({ counts, routedAt, pauses, answer }: Ticket): boolean =>
  routedAt === null && answer === null && counts.reopened === 0 && pauses.every(({ reason }) => reason === 'resolved');

const outcomes = { done: 'done', not_done: 'notDone', other: 'otherwise' } as const;

/** What is known of an answer: whether a department's came back to it, whether the person let it stand. */
function ofQuality({ answer, counts, objections, outcome }: Ticket): Counted {
  const stood = counts.unsatisfied === 0 && objections.length === 0;
  return {
    ...(outcome === null ? {} : { [outcomes[outcome]]: 1 }),
    ...(answer === null ? {} : { [counts.sentBack === 0 ? 'rightFirst' : 'sentBack']: 1 }),
    ...(stood ? { stood: 1 } : {}),
  };
}

function ofTreatment(ticket: Ticket, office: Office): Fact[] {
  const { resolvedAt, openedAt, pauses } = ticket;
  if (isMerged(ticket) || ticket.status === 'rejected') return [];
  const verdict = kept(ticket, {
    clock: 'resolution',
    doneAt: resolvedAt,
    names: ['treatmentOnTime', 'treatmentLate'],
  });
  if (resolvedAt === null) return verdict;
  const stops = pauses.filter((one) => one.stops).map(({ from, to }) => ({ from, to: to ?? resolvedAt }));
  const { ms, workMs = 0 } = lasted(office, openedAt, resolvedAt, stops);
  const first = isFirstContact(ticket);
  const atOnce = first && Date.parse(resolvedAt) - Date.parse(openedAt) <= atOnceMs;
  const figures: Counted = {
    treated: 1,
    treatmentMs: ms,
    treatmentWorkMs: workMs,
    ...(first ? { firstContact: 1 } : {}),
    ...(atOnce ? { atOnce: 1 } : {}),
    ...ofQuality(ticket),
  };
  return [...verdict, { at: resolvedAt, counted: figures }];
}

/** Whether it was taken up, and how it ended. */
function ofPath(ticket: Ticket): Fact[] {
  const { status, openedAt, acceptedAt, closedAt } = ticket;
  const facts: Fact[] = [{ at: openedAt, counted: { received: 1 } }];
  if (status === 'rejected') facts.push({ at: closedAt ?? openedAt, counted: { rejected: 1 } });
  else if (acceptedAt !== null) facts.push({ at: acceptedAt, counted: { accepted: 1 } });
  if (closedAt !== null && isMerged(ticket)) facts.push({ at: closedAt, counted: { merged: 1 } });
  else if (closedAt !== null && status === 'closed') facts.push({ at: closedAt, counted: { closed: 1 } });
  return facts;
}

/** What the person thought counts with the treatment that they judge; while that goes on anew, with the opening. */
function ofRating({ satisfaction, resolvedAt, openedAt }: Ticket): Fact[] {
  if (satisfaction === null) return [];
  const happy = satisfaction >= satisfiedFrom ? { satisfied: 1 } : {};
  return [{ at: resolvedAt ?? openedAt, counted: { rated: 1, ratingSum: satisfaction, ...happy } }];
}

const routing = (ticket: Ticket): Fact[] =>
  kept(ticket, { clock: 'routing', doneAt: ticket.routedAt, names: ['routingOnTime', 'routingLate'] });

/**
 * What a ticket adds to the figures as it stands now (KP-01..11): for each local day on which something of it counts one
 * entry, in the order of days. Pure: the same ticket and office give the same.
 */
export function contributions(ticket: Ticket, office: Office): Contribution[] {
  const facts = [
    ...ofPath(ticket),
    ...ofResponse(ticket, office),
    ...routing(ticket),
    ...ofTreatment(ticket, office),
    ...ofRating(ticket),
  ];
  const days = new Map<string, Counted>();
  for (const { at, counted: figures } of facts) {
    const day = dayAt(office.timeZone, Date.parse(at));
    days.set(day, plus(days.get(day) ?? {}, figures));
  }
  const { type, complexity: kind, channel } = ticket;
  const where: Place = { departmentId: countsFor(ticket), type, complexity: kind, channel };
  return [...days]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([day, figures]) => ({ ...where, day, counted: present(figures) }));
}
