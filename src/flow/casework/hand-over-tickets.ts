import { type Heir, inHand, leftBehind } from '../../casework/leaving.ts';
import type { Staff } from '../../casework/staff.ts';
import { iso } from '../../clock.ts';
import { keyed } from '../../ids.ts';
import { tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import type { ActingAgent, StaffActions } from '../flow.ts';
import { retrying } from '../retrying.ts';
import { enterOutcome } from './enter-outcome.ts';
import { readStaff, sceneOf } from './scene-of.ts';

const atOnce = 100;

interface Leaving {
  /** Who leaves. */
  agentId: string;
  heir: Heir;
  by: ActingAgent;
  staff: Staff;
}

/** Hands one ticket over; false where somebody else has it by now. Keyed by its place in the ledger: twice is once. */
async function handOverOne(deps: FlowDeps, number: string, { agentId, heir, by, staff }: Leaving): Promise<boolean> {
  return retrying(async () => {
    const ticket = await deps.store.get(tickets, number);
    if (!ticket || ticket.assigneeId !== agentId || !inHand.includes(ticket.status)) return { ops: [], result: false };
    const cause = keyed('left-behind', agentId, number, ticket.eventCount);
    const scene = await sceneOf(deps, ticket, { cause, staff });
    const doing = { at: scene.now, actor: { kind: 'agent' as const, id: by.id }, cause };
    const { ops } = await enterOutcome(deps, ticket, { outcome: leftBehind(scene, by, heir), doing });
    return { ops, result: true };
  }, deps);
}

/** Whoever leaves is nobody's head or deputy any more. */
const without = ({ members, deputies }: Staff, agentId: string, now: string): Staff => ({
  members: members.map((one) => (one.id === agentId ? { ...one, disabledAt: one.disabledAt ?? now } : one)),
  deputies,
});

/** Hands over all that somebody has who works here no more; asked again it goes on with what is left. */
export const handOverTickets =
  (deps: FlowDeps): StaffActions['handOver'] =>
  async (agentId, heir, by) => {
    const staff = without(await readStaff(deps), agentId, iso(deps.clock.now()));
    const where = { assigneeId: agentId, status: { in: [...inHand] } };
    let count = 0;
    for (;;) {
      const { items } = await deps.store.find(tickets, { index: 'by-assignee', where, limit: atOnce });
      if (items.length === 0) return count;
      for (const { number } of items) if (await handOverOne(deps, number, { agentId, heir, by, staff })) count += 1;
    }
  };
