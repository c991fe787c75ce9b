import { iso } from '../clock.ts';
import { contacts } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { TicketChange } from '../ticket/events.ts';
import { type Entry, enter, opening } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';
import { dueTimes } from './draft-tickets.ts';
import type { StaffActions } from './flow.ts';
import type { Notice } from './notice.ts';
import { departmentFor } from './organisation-names.ts';
import { checkVersion, need, retrying } from './retrying.ts';
import type { Aftermath } from './staff.ts';
import { type Told, tell } from './tell.ts';

/** A ticket as it is after a change, and the conversation in which the person is told of it. */
interface Outcome {
  ticket: Ticket;
  told: Conversation | null;
}

const withMessage = (changes: readonly TicketChange[], told: Told | null): TicketChange[] =>
  told ? [...changes, { kind: 'message-added', messageId: told.messageId }] : [...changes];

/** Enters changes into a ledger; where they are news to the person, the notice is part of the same unit. */
async function enterAndTell(
  deps: FlowDeps,
  before: Ticket | null,
  wanted: { changes: readonly TicketChange[]; entry: Entry; notice: Notice | null },
) {
  const { changes, entry, notice } = wanted;
  const { ticket } = enter(before, changes, entry);
  const contact = notice && (await deps.store.get(contacts, ticket.contactId));
  const told = contact ? await tell(deps, { notice, ticket, contact }, `${notice}:${entry.cause}`) : null;
  const entered = enter(before, withMessage(changes, told), entry);
  return { ops: [...entered.ops, ...(told?.ops ?? [])], ticket: entered.ticket, told: told?.conversation ?? null };
}

/** Another type or importance promises other times, counted from the opening. */
const withDue = (deps: FlowDeps, ticket: Ticket, change: TicketChange): TicketChange => {
  if (change.kind !== 'classified') return change;
  const facts = { ...ticket, type: change.type ?? ticket.type, importance: change.importance ?? ticket.importance };
  return { ...change, dueAt: dueTimes(deps, facts, ticket.openedAt) };
};

/** Work on a ticket has begun: what its person may wish to know. */
const newsIn = (ticket: Ticket, changes: readonly TicketChange[]): Notice | null =>
  ticket.status !== 'in_progress' &&
  changes.some((change) => change.kind === 'status-changed' && change.status === 'in_progress')
    ? 'inProgress'
    : null;

/** Adds to a ticket's ledger; the person is told where work on it begins. */
export const changeTicket =
  (deps: FlowDeps, after: Aftermath): StaffActions['changeTicket'] =>
  async (number, by, changes, version) => {
    const cause = deps.ids.next();
    const { ticket, told } = await retrying(async () => {
      const before = await need(deps, tickets, number, 'ticket');
      checkVersion(before, version);
      const due = changes.map((change) => withDue(deps, before, change));
      const entry = { number, at: iso(deps.clock.now()), actor: by, cause };
      const entered = await enterAndTell(deps, before, { changes: due, entry, notice: newsIn(before, changes) });
      const result: Outcome = { ticket: { ...entered.ticket, version: before.version + 1 }, told: entered.told };
      return { ops: entered.ops, result };
    }, deps);
    if (told) after.deliver(told);
    return ticket;
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

/** Opens a ticket for somebody, who is told of it where they can be. */
export const openTicket =
  (deps: FlowDeps, after: Aftermath): StaffActions['openTicket'] =>
  async (by, facts, key) => {
    const cause = keyed('staff-ticket', by.id, key);
    const { ticket, told } = await retrying(async () => {
      const found = await deps.store.find(tickets, { index: 'by-cause', where: { causeKey: cause }, limit: 1 });
      const known = found.items[0];
      if (known) return { ops: [], result: { ticket: known, told: null } as Outcome };
      const at = iso(deps.clock.now());
      const year = new Date(deps.clock.now()).getUTCFullYear();
      const change = await opened(deps, facts, at);
      const number = ticketNumber(year, await deps.store.next(`tickets-${year}`));
      const entry = { number, at, actor: { kind: 'agent' as const, id: by.id }, cause };
      const { ops, ...result } = await enterAndTell(deps, null, {
        changes: opening(change, at),
        entry,
        notice: 'received',
      });
      return { ops, result };
    }, deps);
    if (told) after.deliver(told);
    return ticket;
  };
