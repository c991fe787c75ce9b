import { settleBy } from '../casework/settle.ts';
import { iso } from '../clock.ts';
import { keyed } from '../ids.ts';
import { type Delivery, deliveries } from '../message/message.ts';
import { type Notice, notices } from '../notice/notice.ts';
import type { Op } from '../store/port.ts';
import { enter } from '../ticket/ledger.ts';
import { tickets } from '../ticket/ticket.ts';
import { isAsking } from './casework/untold.ts';
import type { FlowDeps } from './deps.ts';
import { retrying } from './retrying.ts';

type Deps = Pick<FlowDeps, 'store' | 'clock'>;
type HearingDeps = Deps & Pick<FlowDeps, 'content'>;

/** The notice that a message told; null for any other message. */
export async function noticeOf({ store }: Deps, messageId: string): Promise<Notice | null> {
  const query = { index: 'by-message', where: { messageIds: messageId }, limit: 1 } as const;
  return (await store.find(notices, query)).items[0] ?? null;
}

/** The way by which it was told last has failed. */
const withFailure = ({ tried }: Notice, failure: string): Notice['tried'] =>
  tried.map((one, at) => (at === tried.length - 1 ? { ...one, failure } : one));

/** What was told by this message did not arrive: the notice is due again, by another way. Told twice, it changes nothing. */
export async function loseNotice(
  deps: Deps,
  { messageId, error }: Pick<Delivery, 'messageId' | 'error'>,
): Promise<void> {
  await retrying(async () => {
    const notice = await noticeOf(deps, messageId);
    if (notice?.state !== 'told' || notice.messageIds.at(-1) !== messageId) return { ops: [], result: null };
    const set: Partial<Notice> = {
      state: 'waiting',
      dueAt: iso(deps.clock.now()),
      tried: withFailure(notice, error?.code ?? 'rejected'),
    };
    return { ops: [{ op: 'update', in: notices, id: notice.id, expect: notice.version, set }], result: null };
  }, deps);
}

/** What the person was asked for has reached them after all: their time begins (IN-15). */
async function heardOps(deps: HearingDeps, { ticketNumber, id, kind }: Notice): Promise<Op[]> {
  const ticket = isAsking({ kind }) ? await deps.store.get(tickets, ticketNumber) : null;
  if (ticket?.asked?.told !== false) return [];
  const entry = { number: ticket.number, at: iso(deps.clock.now()), actor: { kind: 'system' as const, id: null } };
  const settle = settleBy(deps.content.organisation());
  const cause = keyed('told-after-all', id, ticket.asked.at);
  return enter(ticket, [{ kind: 'asking-told', arrived: true }], { ...entry, cause, settle }).ops;
}

/** What was given up has reached the person all the same: a chat keeps it for whoever comes back. Told twice, it changes nothing. */
export async function regainNotice(deps: HearingDeps, messageId: string): Promise<void> {
  await retrying(async () => {
    const notice = await noticeOf(deps, messageId);
    if (!notice || (notice.state !== 'failed' && notice.state !== 'waiting')) return { ops: [], result: null };
    const set: Partial<Notice> = { state: 'told', dueAt: null };
    const told: Op = { op: 'update', in: notices, id: notice.id, expect: notice.version, set };
    return { ops: [told, ...(await heardOps(deps, notice))], result: null };
  }, deps);
}

const page = 500;

/** Those of the messages that told a notice. */
async function concernedBy({ store }: Deps, messageIds: readonly string[]): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const query = { index: 'by-message', where: { messageIds: { in: messageIds } }, limit: 1000 } as const;
  return new Set((await store.find(notices, query)).items.flatMap((one) => one.messageIds));
}

/** Finds sendings of this process's share that failed since a time (ms) while what follows for their notices was not done: the process ended between. */
export async function mendLost(deps: Deps & Pick<FlowDeps, 'members'>, sinceMs: number): Promise<void> {
  const query = { index: 'by-status', where: { status: 'failed', at: { gte: iso(sinceMs) } }, limit: page } as const;
  let cursor: string | undefined;
  do {
    const failed = await deps.store.find(deliveries, { ...query, cursor });
    const mine = failed.items.filter(({ messageId }) => deps.members.isMine(messageId));
    const concerned = await concernedBy(deps, [...new Set(mine.map(({ messageId }) => messageId))]);
    for (const one of mine) if (concerned.has(one.messageId)) await loseNotice(deps, one);
    cursor = failed.nextCursor ?? undefined;
  } while (cursor);
}
