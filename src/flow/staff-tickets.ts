import { openCase } from '../casework/open.ts';
import { remarkAlerts, requireOwnMatter } from '../casework/remark.ts';
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
import { type Entry, enter } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { alertOps, knowing } from './casework/alert-ops.ts';
import { readStaff, sceneOf } from './casework/scene-of.ts';
import { isUntold, notArrived, untoldAlerts } from './casework/untold.ts';
import type { FlowDeps } from './deps.ts';
import type { StaffActions } from './flow.ts';
import { isWanted, newNotice, numberNoticeOps } from './new-notice.ts';
import { checkSeen, need, retrying } from './retrying.ts';
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
  const added: TicketChange[] = messageId === undefined ? [] : [{ kind: 'message-added', messageId }];
  return [...changes, ...added, ...(isUntold(notice) ? [notArrived] : [])];
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
  const alerts = isUntold(told.notice) ? await untoldAlerts(deps, after, entry) : [];
  return { ops: [...ops, kept, ...told.ops, ...alerts], ticket: after, notice: told.notice, told: told.conversation };
}

/** What follows once a unit is kept. */
export function followTold(deps: FlowDeps, after: Aftermath, { notice, told }: Outcome): void {
  if (notice) countTold(deps, notice);
  if (told) after.deliver(told);
}

/** Adds to a ticket's ledger what is no step of the path and no news to its person, such as a remark. */
export const changeTicket =
  (deps: FlowDeps): StaffActions['changeTicket'] =>
  async (number, by, changes, version) => {
    const cause = deps.ids.next();
    return retrying(async () => {
      const before = await need(deps, tickets, number, 'ticket');
      checkSeen(before, version);
      const settle = settleBy(deps.content.organisation());
      const at = iso(deps.clock.now());
      const scene = await sceneOf(deps, before, { cause });
      requireOwnMatter(scene, by.id);
      const { ops, ticket } = await enterAndTell(deps, before, {
        changes,
        entry: { number, at, actor: by, cause, settle },
        news: null,
      });
      const drafts = await knowing(deps.store, remarkAlerts(scene, by.id, changes), ticket);
      const alerts = alertOps(drafts, { ticketNumber: number, cause, at });
      return { ops: [...ops, ...alerts], result: { ...ticket, version: before.version + 1 } };
    }, deps);
  };

type Facts = Parameters<StaffActions['openTicket']>[1];

/** What a new ticket begins with: for whoever the contact is now, in their language. */
async function openingOf(deps: FlowDeps, facts: Facts, now: string) {
  const given = await need(deps, contacts, facts.contactId, 'contact');
  const contact = given.joinedTo ? await need(deps, contacts, given.joinedTo, 'contact') : given;
  const organisation = deps.content.organisation();
  const language = contact.language ?? organisation.organisation.defaultLanguage;
  const scene = { organisation, staff: await readStaff(deps), now };
  return openCase(scene, { ...facts, contactId: contact.id, language });
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
      const { changes, alerts } = await openingOf(deps, facts, at);
      const number = ticketNumber(year, await deps.store.next(`tickets-${year}`));
      const settle = settleBy(deps.content.organisation());
      const entry = { number, at, actor: { kind: 'agent' as const, id: by.id }, cause, settle };
      const news = { kind: 'received' as const, values: {} };
      const { ops, ...result } = await enterAndTell(deps, null, { changes, entry, news });
      const told = await knowing(deps.store, alerts, result.ticket);
      const alertsToo = alertOps(told, { ticketNumber: number, cause, at });
      return { ops: [...ops, ...numberOps(deps, result, at), ...alertsToo], result };
    }, deps);
    followTold(deps, after, outcome);
    return outcome.ticket;
  };
