import { sealedChanges } from '../casework/seal.ts';
import { settleBy } from '../casework/settle.ts';
import { iso } from '../clock.ts';
import { contacts } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { NoticeKind } from '../notice/kinds.ts';
import { type Notice, type NoticeValues, notices } from '../notice/notice.ts';
import type { Op } from '../store/port.ts';
import type { TicketChange } from '../ticket/events.ts';
import { type Entry, enter, opening } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import { requireStep } from '../ticket/steps.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';
import { dueTimes } from './draft-tickets.ts';
import type { StaffActions } from './flow.ts';
import { isWanted, newNotice, numberNoticeOps } from './new-notice.ts';
import { departmentFor } from './organisation-names.ts';
import { checkVersion, need, retrying } from './retrying.ts';
import type { Aftermath } from './staff.ts';
import { countTold, type Told, tell } from './tell.ts';

/** A ticket as it is after a change, what its person is told of it, and in which conversation. */
interface Outcome {
  ticket: Ticket;
  notice: Notice | null;
  told: Conversation | null;
}

/** What a change is to the ticket's person. */
interface News {
  kind: NoticeKind;
  values: NoticeValues;
}

const withMessage = (changes: readonly TicketChange[], { notice }: Pick<Told, 'notice'>): TicketChange[] => {
  const messageId = notice.state === 'told' ? notice.messageIds.at(-1) : undefined;
  return messageId === undefined ? [...changes] : [...changes, { kind: 'message-added', messageId }];
};

/** The unit of a change, and the ticket after it. */
export type Entered = Outcome & { ops: Op[] };

/** Enters changes into a ledger; where they are news to the person, the notice is part of the same unit. */
export async function enterAndTell(
  deps: FlowDeps,
  before: Ticket | null,
  wanted: { changes: readonly TicketChange[]; entry: Entry; news: News | null },
): Promise<Entered> {
  const { entry, news } = wanted;
  const changes = sealedChanges(deps.content.organisation(), deps.secret, wanted.changes);
  const entered = enter(before, changes, entry);
  const { ticket } = entered;
  const contact = news && isWanted(deps, news.kind) ? await deps.store.get(contacts, ticket.contactId) : null;
  if (!news || !contact) return { ...entered, notice: null, told: null };
  const fresh = newNotice({ ticketNumber: ticket.number, contactId: contact.id, ...news }, entry.cause, entry.at);
  const told = await tell(deps, fresh, { ...news, ticket, contact });
  const { ops, ticket: after } = enter(before, withMessage(changes, told), entry);
  const kept: Op = { op: 'insert', in: notices, document: told.notice, onDuplicate: 'keep' };
  return { ops: [...ops, kept, ...told.ops], ticket: after, notice: told.notice, told: told.conversation };
}

/** Another type or importance promises other times, counted from the opening. */
const withDue = (deps: FlowDeps, ticket: Ticket, change: TicketChange): TicketChange => {
  if (change.kind !== 'classified') return change;
  const facts = { ...ticket, type: change.type ?? ticket.type, importance: change.importance ?? ticket.importance };
  return { ...change, dueAt: dueTimes(deps, facts, ticket.openedAt) };
};

const finished: readonly Ticket['status'][] = ['resolved', 'closed'];

function newsOf({ status }: Ticket, change: TicketChange): News | null {
  if (change.kind === 'delay-told') {
    const { reason, expectedAt } = change;
    return { kind: 'delayed', values: { reason, expectedAt } };
  }
  if (change.kind !== 'status-changed' || change.status === status) return null;
  if (change.status === 'in_progress') return { kind: 'inProgress', values: {} };
  // of "resolved" and "closed" the first is what the person waited for
  const isEnd = finished.includes(change.status) && !finished.includes(status);
  return isEnd ? { kind: 'closed', values: {} } : null;
}

/** What of a change its person may wish to know: that work has begun, that it takes longer, that it is done. */
const newsIn = (ticket: Ticket, changes: readonly TicketChange[]): News | null =>
  changes.map((change) => newsOf(ticket, change)).find((news) => news !== null) ?? null;

/** What follows once a unit is kept. */
export function followTold(deps: FlowDeps, after: Aftermath, { notice, told }: Outcome): void {
  if (notice) countTold(deps, notice);
  if (told) after.deliver(told);
}

/** Adds to a ticket's ledger; the person is told of what is news to them. */
export const changeTicket =
  (deps: FlowDeps, after: Aftermath): StaffActions['changeTicket'] =>
  async (number, by, changes, version) => {
    const cause = deps.ids.next();
    const outcome = await retrying(async () => {
      const before = await need(deps, tickets, number, 'ticket');
      checkVersion(before, version);
      requireStep(before, changes);
      const due = changes.map((change) => withDue(deps, before, change));
      const settle = settleBy(deps.content.organisation());
      const entry = { number, at: iso(deps.clock.now()), actor: by, cause, settle };
      const { ops, ...entered } = await enterAndTell(deps, before, {
        changes: due,
        entry,
        news: newsIn(before, changes),
      });
      const result: Outcome = { ...entered, ticket: { ...entered.ticket, version: before.version + 1 } };
      return { ops, result };
    }, deps);
    followTold(deps, after, outcome);
    return outcome.ticket;
  };

type Facts = Parameters<StaffActions['openTicket']>[1];

async function opened(deps: FlowDeps, facts: Facts, at: string) {
  const given = await need(deps, contacts, facts.contactId, 'contact');
  const contact = given.joinedTo ? await need(deps, contacts, given.joinedTo, 'contact') : given;
  const organisation = deps.content.organisation();
  const { conversationId = null, service = null, importance = 'medium', type, subject, channel } = facts;
  const departmentId = facts.departmentId ?? departmentFor({ organisation }, service);
  const dueAt = dueTimes(deps, { channel, type, complexity: 'routine', importance }, at);
  const language = contact.language ?? organisation.organisation.defaultLanguage;
  const about = { type, service, subject, importance, restricted: false, departmentId, channel, language, dueAt };
  return { kind: 'opened' as const, ...about, contactId: contact.id, conversationId };
}

/** The number by itself, unless the notice that was just told went to the phone with it. */
const numberOps = (deps: FlowDeps, { ticket, notice }: Outcome, at: string): Op[] =>
  notice?.state === 'told' && notice.tried.at(-1)?.by === 'phone'
    ? []
    : numberNoticeOps(deps, ticket, { inboxId: null, at });

/** Opens a ticket for somebody, who is told of it where they can be. */
export const openTicket =
  (deps: FlowDeps, after: Aftermath): StaffActions['openTicket'] =>
  async (by, facts, key) => {
    const cause = keyed('staff-ticket', by.id, key);
    const outcome = await retrying(async () => {
      const found = await deps.store.find(tickets, { index: 'by-cause', where: { causeKey: cause }, limit: 1 });
      const known = found.items[0];
      if (known) return { ops: [], result: { ticket: known, notice: null, told: null } as Outcome };
      const at = iso(deps.clock.now());
      const year = new Date(deps.clock.now()).getUTCFullYear();
      const change = await opened(deps, facts, at);
      const number = ticketNumber(year, await deps.store.next(`tickets-${year}`));
      const settle = settleBy(deps.content.organisation());
      const entry = { number, at, actor: { kind: 'agent' as const, id: by.id }, cause, settle };
      const changes = opening(change, at);
      const news = { kind: 'received' as const, values: {} };
      const { ops, ...result } = await enterAndTell(deps, null, { changes, entry, news });
      return { ops: [...ops, ...numberOps(deps, result, at)], result };
    }, deps);
    followTold(deps, after, outcome);
    return outcome.ticket;
  };
