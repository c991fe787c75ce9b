import { objectionTo } from '../../casework/objection.ts';
import { requireStep } from '../../casework/path.ts';
import { requireObjection } from '../../casework/require-objection.ts';
import type { Actor as CaseActor, CaseScene } from '../../casework/scene.ts';
import { settleBy } from '../../casework/settle.ts';
import { iso } from '../../clock.ts';
import { keyed } from '../../ids.ts';
import { enter } from '../../ticket/ledger.ts';
import { ticketNumber } from '../../ticket/number.ts';
import { type Ticket, tickets } from '../../ticket/ticket.ts';
import type { FlowDeps } from '../deps.ts';
import { dueTimes } from '../draft-tickets.ts';
import type { StaffActions } from '../flow.ts';
import { numberNoticeOps } from '../new-notice.ts';
import { checkSeen, need, retrying } from '../retrying.ts';
import type { Aftermath } from '../staff.ts';
import { type Entered, enterAndTell, followTold } from '../staff-tickets.ts';
import { alertOps, knowing } from './alert-ops.ts';
import type { Doing } from './enter-outcome.ts';
import { sceneOf } from './scene-of.ts';

export interface Objecting {
  /** The ticket whose answer is objected to, as it stands in the unit that this becomes part of. */
  earlier: Ticket;
  text: string;
  note?: string | undefined;
  channel: string;
  conversationId: string | null;
  /** The inbox where it was made; null where staff entered it. */
  inboxId: string | null;
  /** Its `cause` keys all of it: the same cause opens the same ticket. */
  doing: Doing;
  /** Who of staff entered it. */
  by: CaseActor | null;
  /** Whether the person is told by a notice; not where a conversation tells them. */
  tell: boolean;
}

/** What an objection enters: the new ticket (`ticket`), and the earlier as it is after it. */
export type Objected = Entered & { earlier: Ticket };

const causeOf = ({ earlier, doing }: Objecting): string => keyed('objection', earlier.number, doing.cause);

const knownBy = async ({ store }: FlowDeps, causeKey: string): Promise<Ticket | null> =>
  (await store.find(tickets, { index: 'by-cause', where: { causeKey }, limit: 1 })).items[0] ?? null;

/** The new ticket's part of the unit. */
async function newTicket(deps: FlowDeps, scene: CaseScene, asked: Objecting): Promise<Entered> {
  const { earlier, doing, channel, by, tell } = asked;
  const level = requireObjection(scene);
  const { complexity, importance } = earlier;
  const dueAt = dueTimes(deps, { channel, type: 'objection', complexity, importance }, doing.at);
  const { changes, alerts } = objectionTo(scene, level, { ...asked, dueAt, by });
  const year = new Date(doing.at).getUTCFullYear();
  const number = ticketNumber(year, await deps.store.next(`tickets-${year}`));
  const cause = causeOf(asked);
  const entry = { ...doing, cause, number, settle: settleBy(scene.organisation) };
  const expected = dueAt.resolution === null ? {} : { expectedAt: dueAt.resolution };
  const news = tell ? { kind: 'objection' as const, values: { other: earlier.number, ...expected } } : null;
  const entered = await enterAndTell(deps, null, { changes, entry, news });
  const told = alertOps(await knowing(deps.store, alerts, entered.ticket), {
    ticketNumber: number,
    cause,
    at: doing.at,
  });
  const wentByPhone = entered.notice?.state === 'told' && entered.notice.tried.at(-1)?.by === 'phone';
  const numbers = wentByPhone ? [] : numberNoticeOps(deps, entered.ticket, { inboxId: asked.inboxId, at: doing.at });
  return { ...entered, ops: [...entered.ops, ...told, ...numbers] };
}

/**
 * The unit of an objection (ES-03): a ticket of its own one level up, tied to the earlier, which knows of it. Empty where
 * the same cause opened it before. Throws `not-allowed` with the reason in its details where there can be none.
 */
export async function enterObjection(deps: FlowDeps, asked: Objecting): Promise<Objected> {
  const { earlier, doing } = asked;
  const known = await knownBy(deps, causeOf(asked));
  if (known) return { ops: [], ticket: known, notice: null, told: null, earlier };
  const scene = { ...(await sceneOf(deps, earlier, { cause: doing.cause })), now: doing.at };
  const opened = await newTicket(deps, scene, asked);
  const entry = { ...doing, number: earlier.number, settle: settleBy(scene.organisation) };
  const after = enter(earlier, [{ kind: 'objected', number: opened.ticket.number }], entry);
  return { ...opened, ops: [...opened.ops, ...after.ops], earlier: after.ticket };
}

/** Staff enter the objection of a ticket's person; gives the new ticket. */
export const openObjection =
  (deps: FlowDeps, after: Aftermath): StaffActions['openObjection'] =>
  async (number, by, { text, note, version }, key) => {
    const cause = keyed('staff-objection', by.id, key);
    const outcome = await retrying(async () => {
      const earlier = await need(deps, tickets, number, 'ticket');
      const doing = { at: iso(deps.clock.now()), actor: { kind: 'agent' as const, id: by.id }, cause };
      const { channel, conversationId } = earlier;
      const asked = { earlier, text, note, channel, conversationId, inboxId: null, doing, by, tell: true };
      if (!(await knownBy(deps, causeOf(asked)))) {
        checkSeen(earlier, version);
        await requireHands(deps, asked, by);
      }
      const { ops, ...result } = await enterObjection(deps, asked);
      return { ops, result };
    }, deps);
    followTold(deps, after, outcome);
    return outcome.ticket;
  };

/** Whose step it is, and whether there is an answer to object to. */
async function requireHands(deps: FlowDeps, { earlier, doing }: Objecting, by: CaseActor): Promise<void> {
  const scene = await sceneOf(deps, earlier, { cause: doing.cause });
  requireStep(scene, by, 'object');
}
