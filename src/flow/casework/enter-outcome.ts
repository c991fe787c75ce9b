import type { StepOutcome } from '../../casework/scene.ts';
import { settleBy } from '../../casework/settle.ts';
import type { Op } from '../../store/port.ts';
import type { Actor } from '../../ticket/events.ts';
import { enter } from '../../ticket/ledger.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { need } from '../retrying.ts';
import { type Entered, enterAndTell } from '../staff-tickets.ts';
import { alertOps, knowing } from './alert-ops.ts';
import { partOps } from './tell-parts.ts';

/** Who did it, when, and what keys it. */
export interface Doing {
  at: string;
  actor: Actor;
  cause: string;
}

async function alsoOps(deps: FlowDeps, also: StepOutcome['also'], doing: Doing): Promise<Op[]> {
  const ops: Op[] = [];
  const settle = settleBy(deps.content.organisation());
  for (const { number, changes, seen } of also ?? []) {
    const ticket = seen ?? (await need(deps, tickets, number, 'ticket'));
    ops.push(...enter(ticket, changes, { ...doing, number, settle }).ops);
  }
  return ops;
}

/** The one unit that an outcome is: the ledger, what the person is told (and those of merged tickets), the alerts, other tickets and documents. */
export async function enterOutcome(
  deps: FlowDeps,
  before: Ticket,
  { outcome, doing }: { outcome: StepOutcome; doing: Doing },
): Promise<Entered> {
  const entry = { ...doing, number: before.number, settle: settleBy(deps.content.organisation()) };
  const entered = await enterAndTell(deps, before, { changes: outcome.changes, entry, news: outcome.news ?? null });
  const drafts = await knowing(deps.store, outcome.alerts ?? [], entered.ticket);
  const alerts = alertOps(drafts, { ticketNumber: before.number, cause: doing.cause, at: doing.at });
  const parts = await partOps(deps, { before, outcome }, doing);
  return {
    ...entered,
    ops: [...entered.ops, ...alerts, ...(await alsoOps(deps, outcome.also, doing)), ...parts, ...(outcome.ops ?? [])],
  };
}
