import { settleBy } from '../casework/settle.ts';
import { iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import { whoItIsNow } from '../contact/who-it-is-now.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import { type Notice, notices } from '../notice/notice.ts';
import type { Op, Update } from '../store/port.ts';
import type { TicketChange } from '../ticket/events.ts';
import { enter } from '../ticket/ledger.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { isUntold, notArrived, untoldAlerts } from './casework/untold.ts';
import type { FlowDeps } from './deps.ts';
import { mendLost } from './notice-loss.ts';
import { isUnreachable } from './outage.ts';
import { retrying } from './retrying.ts';
import { afterFault, countTold, type Told, tell } from './tell.ts';

/** So many notices are told side by side. */
const atOnce = 16;
/** How often it is looked whether a loss went unnoticed (ms), and how far back at the start. */
const mendEveryMs = 600_000;
const mendFirstMs = 7 * 86_400_000;

const ended: readonly Ticket['status'][] = ['resolved', 'closed', 'rejected'];

/** Where the ticket must stand for a notice to be news still; what is not named here stays news. */
const newsIn: Partial<Record<NoticeKind, readonly Ticket['status'][]>> = {
  inProgress: ['transferred', 'in_progress'],
  closed: ended,
  resolved: ended,
  rejected: ['rejected'],
  asked: ['pending_customer'],
  askedAgain: ['pending_customer'],
  closedWithoutData: ['closed'],
  survey: ['resolved', 'closed'],
  surveyAgain: ['resolved', 'closed'],
};

/** Whether what a notice tells is no news any more, by what became of the ticket since. */
function isStale({ kind }: Notice, { status }: Ticket): boolean {
  if (kind === 'delayed') return ended.includes(status);
  return !(newsIn[kind]?.includes(status) ?? true);
}

/** Whose ticket it is now, whatever contact that turned out to be. */
async function ownerOf({ store }: FlowDeps, { contactId }: Ticket): Promise<Contact | null> {
  const contact = await store.get(contacts, contactId);
  return contact && whoItIsNow(store, contact);
}

const mostMerges = 5;

/** How a ticket stands: one that is part of another person's goes on in that one, and ends as that ends (EX-06). */
async function asItStands({ store }: FlowDeps, ticket: Ticket): Promise<Ticket> {
  let at: Ticket | null = ticket;
  for (let count = 0; at?.mergedInto && count < mostMerges; count += 1) at = await store.get(tickets, at.mergedInto);
  if (!at || at.contactId === ticket.contactId) return ticket;
  return { ...ticket, status: at.status, outcome: at.outcome, restricted: ticket.restricted || at.restricted };
}

const over = (notice: Notice, state: 'failed' | 'dropped'): Told => ({
  notice: { ...notice, state, dueAt: null },
  ops: [],
  conversation: null,
});

/** That nothing arrived, for staff to see. A bare number is no loss: the person was told it in other words as well. */
function lossOf(deps: FlowDeps, notice: Notice): TicketChange[] {
  if (notice.state !== 'failed' || notice.kind === 'number') return [];
  const { defaultLanguage } = deps.content.organisation().organisation;
  return [{ kind: 'noted', text: deps.content.render()('notice-not-told', defaultLanguage, { kind: notice.kind }) }];
}

/** What a loss is to the ticket; whoever has it calls a person who was asked for something in vain. */
async function lossOps(deps: FlowDeps, ticket: Ticket, notice: Notice): Promise<Op[]> {
  const isInVain = isUntold(notice) && ticket.asked?.at === notice.at;
  const changes = [...lossOf(deps, notice), ...(isInVain ? [notArrived] : [])];
  if (changes.length === 0) return [];
  const doing = { at: iso(deps.clock.now()), cause: keyed('not-told', notice.id, notice.tried.length) };
  const settle = settleBy(deps.content.organisation());
  const entry = { ...doing, number: ticket.number, actor: { kind: 'system' as const, id: null }, settle };
  const { ops, ticket: after } = enter(ticket, changes, entry);
  return isInVain ? [...ops, ...(await untoldAlerts(deps, after, doing))] : ops;
}

const updateOf = (before: Notice, after: Notice): Update<Notice> => {
  const { id, version: _version, ...set } = after;
  return { op: 'update', in: notices, id, expect: before.version, set };
};

const isDue = ({ state, dueAt }: Notice, now: string): boolean => state === 'waiting' && dueAt !== null && dueAt <= now;

async function toldAnew(deps: FlowDeps, notice: Notice): Promise<Told & { ticket: Ticket | null }> {
  const ticket = await deps.store.get(tickets, notice.ticketNumber);
  const contact = ticket && (await ownerOf(deps, ticket));
  if (!ticket || !contact) return { ...over(notice, 'failed'), ticket };
  const shown = await asItStands(deps, ticket);
  if (isStale(notice, shown)) return { ...over(notice, 'dropped'), ticket };
  const telling = { kind: notice.kind, values: notice.values, ticket: shown, contact };
  return { ...(await tell(deps, notice, telling)), ticket };
}

/** Tells one notice, once: words and notice are one unit, under the notice's version. */
async function tellOne(deps: FlowDeps, id: string): Promise<Conversation | null> {
  const told = await retrying(async () => {
    const notice = await deps.store.get(notices, id);
    if (!notice || !isDue(notice, iso(deps.clock.now()))) return { ops: [], result: null };
    const result = await toldAnew(deps, notice);
    const loss = result.ticket ? await lossOps(deps, result.ticket, result.notice) : [];
    return { ops: [updateOf(notice, result.notice), ...result.ops, ...loss], result };
  }, deps);
  if (told) countTold(deps, told.notice);
  return told?.conversation ?? null;
}

/** One that cannot be kept as it was told is put off, so that it holds up no other. */
async function tellOrPutOff(deps: FlowDeps, notice: Notice, deliver: (one: Conversation) => void): Promise<void> {
  try {
    const conversation = await tellOne(deps, notice.id);
    if (conversation) deliver(conversation);
  } catch (error) {
    // a store that is away is no fault of the notice
    if (isUnreachable(error)) throw error;
    deps.log.error({ err: error, ticketNumber: notice.ticketNumber }, 'a notice could not be told; it is put off');
    await deps.store.write([updateOf(notice, afterFault(notice, deps.clock.now()))]);
  }
}

/** The first that are due and fall to this process. */
async function dueOnes({ store, clock, members }: FlowDeps): Promise<Notice[]> {
  const where = { dueAt: { lte: iso(clock.now()) } };
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(notices, { index: 'by-due', where, limit: atOnce, cursor });
    const mine = page.items.filter(({ id }) => members.isMine(id));
    if (mine.length > 0 || !page.nextCursor) return mine;
    cursor = page.nextCursor;
  }
}

/** Tells what is due, until nothing is. */
async function tellDue(deps: FlowDeps, deliver: (one: Conversation) => void, isStopped: () => boolean): Promise<void> {
  while (!isStopped()) {
    const due = await dueOnes(deps);
    if (due.length === 0) return;
    await Promise.all(due.map((one) => tellOrPutOff(deps, one, deliver)));
  }
}

/** Tells people what waits to be told. */
export interface Teller {
  /** Finds what is due, and what was lost unnoticed. */
  look(): void;
  idle(): Promise<void>;
  /** Whether something is being told. */
  busy(): boolean;
  stop(): void;
}

/** A teller that hears of new notices by the change feed; `deliver` sends what it says. */
export function createTeller(deps: FlowDeps, deliver: (one: Conversation) => void): Teller {
  let running: Promise<void> | null = null;
  let wanted = false;
  let stopped = false;
  let mendAt = Number.NEGATIVE_INFINITY;
  const mend = async (): Promise<void> => {
    const now = deps.clock.now();
    if (now < mendAt) return;
    await mendLost(deps, Number.isFinite(mendAt) ? now - 2 * mendEveryMs : now - mendFirstMs);
    mendAt = now + mendEveryMs;
  };
  const run = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false;
      await mend();
      await tellDue(deps, deliver, () => stopped);
    }
  };
  const look = (): void => {
    if (stopped) return;
    wanted = true;
    running ??= run()
      .catch((error: unknown) => deps.log.error({ err: error }, 'telling people of their tickets failed'))
      .finally(() => {
        running = null;
      });
  };
  const unwatch = deps.store.watch((changes) => {
    if (changes.some(({ collection }) => collection === notices.name)) look();
  });
  return {
    look,
    busy: () => running !== null,
    idle: async () => {
      while (running) await running;
    },
    stop() {
      stopped = true;
      unwatch();
    },
  };
}
