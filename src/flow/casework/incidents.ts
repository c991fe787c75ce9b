import { endReferral } from '../../casework/end-referral.ts';
import { settleBy } from '../../casework/settle.ts';
import { iso } from '../../clock.ts';
import { keyed } from '../../ids.ts';
import { type Incident, incidents } from '../../incident/incident.ts';
import { type Notice, notices } from '../../notice/notice.ts';
import type { Op } from '../../store/port.ts';
import { enter } from '../../ticket/ledger.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import { overStatuses } from '../../ticket/types.ts';
import type { FlowDeps } from '../deps.ts';
import { isWanted, newNotice } from '../new-notice.ts';
import { retrying } from '../retrying.ts';
import { keepDue } from './due-ones.ts';
import type { Job } from './jobs.ts';

/** So many tickets are looked at between two notes of the place that was reached. */
const atOnce = 100;

type Telling = NonNullable<Incident['telling']>;

/** Who was answered by another end of their ticket has no more to hear; whose ticket is part of another still waits for news. */
const isToHear = ({ what }: Telling, { status, mergedInto }: Ticket): boolean =>
  !overStatuses.includes(status) || (what === 'tell' && mergedInto !== null);

/** What a person is told, once for all of their tickets. */
const noticeOf = ({ id, message, at }: Telling, { number, contactId, language }: Ticket): Notice => ({
  ...newNotice({ ticketNumber: number, contactId, kind: 'incident', values: { text: message[language] } }, id, at),
  id: keyed('notice', 'incident', id, contactId),
});

const keep = (document: Notice): Op => ({ op: 'insert', in: notices, document, onDuplicate: 'keep' });

/** The notices that were not written before, each person once. */
async function freshOnes(deps: FlowDeps, telling: Telling, found: readonly Ticket[]): Promise<Notice[]> {
  if (!isWanted(deps, 'incident')) return [];
  const all = new Map(
    found.filter((one) => isToHear(telling, one)).map((one) => [one.contactId, noticeOf(telling, one)]),
  );
  const known = await deps.store.getMany(
    notices,
    [...all.values()].map(({ id }) => id),
  );
  const before = new Set(known.map(({ id }) => id));
  return [...all.values()].filter(({ id }) => !before.has(id));
}

/** A ticket ends with its incident, and its person hears of it in the same unit, if they did not by another of theirs. */
async function closeOne(deps: FlowDeps, telling: Telling, number: string): Promise<void> {
  const cause = keyed('incident-closed', telling.id, number);
  await retrying(async () => {
    const ticket = await deps.store.get(tickets, number);
    if (!ticket || overStatuses.includes(ticket.status)) return { ops: [], result: null };
    const settle = settleBy(deps.content.organisation());
    const actor = { kind: 'agent' as const, id: telling.byId };
    const creditedTo = ticket.answer?.departmentId ?? ticket.departmentId;
    const closed = { kind: 'closed' as const, how: 'incident' as const, outcome: 'done' as const, creditedTo };
    const referral = endReferral(ticket);
    const entered = enter(ticket, [...referral.changes, closed], {
      number,
      at: iso(deps.clock.now()),
      actor,
      cause,
      settle,
    });
    const ops = [...entered.ops, ...referral.ops];
    return { ops: isWanted(deps, 'incident') ? [...ops, keep(noticeOf(telling, ticket))] : ops, result: null };
  }, deps);
}

/** The incident when everybody was told. */
const done = (one: Incident, { cursor: _, ...told }: Telling, at: string): Partial<Incident> => ({
  telling: null,
  nextAt: null,
  told: [...one.told, told],
  ...(told.what === 'close' ? { state: 'closed' as const, closedAt: at } : {}),
});

/**
 * Tells the next people of an incident. What is told and the place that was reached are one unit, and each notice is keyed by
 * its person: where a process dies half way, the next one goes on, and nobody is told twice.
 */
async function tellNext(deps: FlowDeps, one: Incident): Promise<void> {
  const { telling } = one;
  if (!telling) return;
  const where = { incidentId: one.id };
  const cursor = telling.cursor ?? undefined;
  const page = await deps.store.find(tickets, { index: 'by-incident', where, limit: atOnce, cursor });
  const fresh = await freshOnes(deps, telling, page.items);
  if (telling.what === 'close') for (const { number } of page.items) await closeOne(deps, telling, number);
  const reached = { ...telling, cursor: page.nextCursor, people: telling.people + fresh.length };
  const now = iso(deps.clock.now());
  const set = page.nextCursor === null ? done(one, reached, now) : { telling: reached, nextAt: now };
  const told = telling.what === 'tell' ? fresh.map(keep) : [];
  await deps.store.write([...told, { op: 'update', in: incidents, id: one.id, expect: one.version, set }]);
}

/** Tells people of what concerns them all, and ends their tickets with it (EX-06); of several processes one does it. */
export const keepIncidents: Job = (deps, { isStopped }) =>
  keepDue(deps, incidents, {
    isStopped,
    isOurs: ({ id }) => deps.members.isMine(id),
    keep: (one) => tellNext(deps, one),
  });
