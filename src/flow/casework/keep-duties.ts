import { dutiesOf } from '../../casework/duties.ts';
import { settleBy } from '../../casework/settle.ts';
import type { Staff } from '../../casework/staff.ts';
import { iso } from '../../clock.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import { keyed } from '../../ids.ts';
import type { Notice } from '../../notice/notice.ts';
import type { Op } from '../../store/port.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { isUnreachable } from '../outage.ts';
import { retrying } from '../retrying.ts';
import { countTold } from '../tell.ts';
import { enterOutcome } from './enter-outcome.ts';
import type { Job } from './jobs.ts';
import { readStaff, sceneOf } from './scene-of.ts';

/** So many tickets are looked at in one go. */
const atOnce = 100;
/** A duty that went wrong by a fault of ours is tried again after this (ms). */
const againMs = 60_000;

const system = { kind: 'system', id: null } as const;

interface Kept {
  told: Conversation | null;
  notice: Notice | null;
  more: boolean;
}

/** By what was edited since, nothing is due now: the time at which it is looked at again is put right. */
function settledAnew({ content }: FlowDeps, ticket: Ticket): Op[] {
  const { dueAt, burnsAt, nextAt } = settleBy(content.organisation())(ticket);
  return [{ op: 'update', in: tickets, id: ticket.id, expect: ticket.version, set: { dueAt, burnsAt, nextAt } }];
}

/** Does the first thing that time has brought to a ticket; the cause is keyed, so that it is done once. */
async function keepFirst(deps: FlowDeps, number: string, staff: Staff): Promise<Kept> {
  return retrying<Kept>(async () => {
    const nothing = { told: null, notice: null, more: false };
    const ticket = await deps.store.get(tickets, number);
    const now = iso(deps.clock.now());
    const duty = ticket && dutiesOf(ticket, deps.content.organisation())[0];
    if (!ticket) return { ops: [], result: nothing };
    if (!duty || duty.at > now) return { ops: settledAnew(deps, ticket), result: nothing };
    const cause = keyed('duty', number, duty.what, ticket.eventCount);
    const scene = await sceneOf(deps, ticket, { cause, staff });
    const doing = { at: now, actor: system, cause };
    const entered = await enterOutcome(deps, ticket, { outcome: duty.outcome(scene), doing });
    const { told, notice } = entered;
    return { ops: entered.ops, result: { told, notice, more: (entered.ticket.nextAt ?? '9') <= now } };
  }, deps);
}

/** More duties than this at one time are a fault of a rule that never ends. */
const mostAtATime = 20;

async function keepAll(deps: FlowDeps, number: string, tools: { staff: Staff; deliver(one: Conversation): void }) {
  for (let count = 0; count < mostAtATime; count += 1) {
    const { told, notice, more } = await keepFirst(deps, number, tools.staff);
    if (notice) countTold(deps, notice);
    if (told) tools.deliver(told);
    if (!more) return;
  }
  throw new Error('the duties of this ticket do not end');
}

/** One whose duty cannot be kept is put off, so that it holds up no other. */
async function keepOrPutOff(deps: FlowDeps, ticket: Ticket, tools: Parameters<typeof keepAll>[2]): Promise<void> {
  try {
    await keepAll(deps, ticket.number, tools);
  } catch (error) {
    if (isUnreachable(error)) throw error;
    deps.log.error(
      { err: error, ticketNumber: ticket.number },
      'what time brought to a ticket could not be done; it is put off',
    );
    const set = { nextAt: iso(deps.clock.now() + againMs) };
    await deps.store.write([{ op: 'update', in: tickets, id: ticket.id, set }]);
  }
}

/** The first that are due and fall to this process. */
async function dueOnes({ store, clock, members }: FlowDeps): Promise<Ticket[]> {
  const where = { nextAt: { lte: iso(clock.now()) } };
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(tickets, { index: 'by-next', where, limit: atOnce, cursor });
    const mine = page.items.filter(({ id }) => members.isMine(id));
    if (mine.length > 0 || !page.nextCursor) return mine;
    cursor = page.nextCursor;
  }
}

/**
 * Does what time has brought to tickets (warnings, breaches, levels, closings) until nothing is due. It reads the due ones
 * by index, so its cost does not grow with the tickets that are not due. Of several processes each keeps its share.
 */
export const keepDuties: Job = async (deps, { deliver, isStopped }) => {
  let staff: Staff | null = null;
  while (!isStopped()) {
    const due = await dueOnes(deps);
    if (due.length === 0) return;
    staff ??= await readStaff(deps);
    for (const one of due) {
      if (isStopped()) return;
      await keepOrPutOff(deps, one, { staff, deliver });
    }
  }
};
