import { sealedChanges } from '../casework/seal.ts';
import { settleBy } from '../casework/settle.ts';
import type { Clock } from '../clock.ts';
import { conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { type Message, messages } from '../message/message.ts';
import { promise } from '../sla/promise.ts';
import type { Store } from '../store/port.ts';
import type { TicketChange } from '../ticket/events.ts';
import { enter, opening } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { Action, OpenTicket } from './actions.ts';
import type { FlowDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { numberNoticeOps } from './new-notice.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock' | 'members' | 'secret'>;

const year = (clock: Clock): number => new Date(clock.now()).getUTCFullYear();

interface Entry {
  number: string;
  cause: string;
  changes: TicketChange[];
}

/** Puts changes into a ticket's ledger (null: a new one) as part of the unit. */
export function record(
  { content, secret }: Pick<Deps, 'content' | 'secret'>,
  draft: Draft,
  { ticket, number, cause, changes }: Entry & { ticket: Ticket | null },
): Ticket {
  const settle = settleBy(content.organisation());
  const entered = enter(ticket, sealedChanges(content.organisation(), secret, changes), {
    number,
    at: draft.at,
    actor: draft.actor,
    cause,
    settle,
  });
  draft.ops.push(...entered.ops);
  const version = ticket ? ticket.version + 1 : 1;
  const after = { ...entered.ticket, version };
  draft.tickets.set(number, after);
  return after;
}

export const ticketOf = async (store: Store, draft: Draft, number: string): Promise<Ticket | null> =>
  draft.tickets.get(number) ?? (await store.get(tickets, number));

/** A public post that is linked in private: what the person adds below it belongs to the ticket too. */
async function noteInPublic(store: Store, draft: Draft, linked: readonly Message[], number: string): Promise<void> {
  const from = draft.conversation.cameFrom;
  const found = linked.some((one) => one.conversationId === from) && from && (await store.get(conversations, from));
  if (!found || found.ticketNumbers.includes(number)) return;
  const set = { ticketNumbers: [...found.ticketNumbers, number], openTicket: number };
  draft.ops.push({ op: 'update', in: conversations, id: found.id, expect: found.version, set });
}

export async function link(deps: Deps, draft: Draft, messageIds: readonly string[], number: string): Promise<void> {
  const { store } = deps;
  const ticket = await ticketOf(store, draft, number);
  if (!ticket || messageIds.length === 0) return;
  const linked = await store.getMany(messages, [...messageIds]);
  await noteInPublic(store, draft, linked, number);
  for (const message of linked.filter((one) => one.ticketNumber && one.ticketNumber !== number)) {
    const former = await ticketOf(store, draft, message.ticketNumber ?? '');
    if (former)
      record(deps, draft, {
        ticket: former,
        number: former.number,
        cause: `${draft.causeId}:moved:${message.id}`,
        changes: [{ kind: 'message-removed', messageId: message.id }],
      });
  }
  const fresh = linked.filter((one) => one.ticketNumber !== number);
  if (fresh.length === 0) return;
  for (const { id } of fresh) draft.ops.push({ op: 'update', in: messages, id, set: { ticketNumber: number } });
  const changes = fresh.map(({ id }) => ({ kind: 'message-added' as const, messageId: id }));
  record(deps, draft, { ticket, number, cause: `${draft.causeId}:linked:${fresh[0]?.id}`, changes });
}

type Facts = Pick<Ticket, 'channel' | 'type' | 'complexity' | 'importance'>;

/** What the SLA matrix promises on the calendar for a matter that came at the given time. */
export function dueTimes(deps: Pick<Deps, 'content'>, facts: Facts, at: string): Ticket['dueAt'] {
  const { sla, calendars } = deps.content.organisation();
  const promised = promise(sla, calendars, facts, Date.parse(at));
  return {
    firstResponse: promised.firstResponse?.dueAt ?? null,
    routing: promised.routing?.dueAt ?? null,
    resolution: promised.resolution?.dueAt ?? null,
  };
}

/** Opens a ticket, or finds the one that the same cause opened before. */
export async function openTicket(deps: Deps, draft: Draft, action: OpenTicket, place: number): Promise<void> {
  const cause = keyed('ticket', draft.causeId, place);
  const known = (await deps.store.find(tickets, { index: 'by-cause', where: { causeKey: cause }, limit: 1 })).items[0];
  const number = known?.number ?? ticketNumber(year(deps.clock), await deps.store.next(`tickets-${year(deps.clock)}`));
  const { type, service, subject, importance, restricted, departmentId } = action;
  const { channel } = draft.conversation;
  const dueAt = dueTimes(deps, { channel, type, complexity: 'routine', importance }, draft.at);
  const contactId = draft.contact.id;
  const conversationId = draft.conversation.id;
  const { language } = draft;
  const opened = { kind: 'opened', type, service, subject, importance, restricted, departmentId } as const;
  const whole = { ...opened, contactId, conversationId, channel, language, dueAt };
  draft.opened = known ?? record(deps, draft, { ticket: null, number, cause, changes: opening(whole, draft.at) });
  const { inboxId } = draft.conversation;
  if (!known) draft.ops.push(...numberNoticeOps(deps, draft.opened, { inboxId, at: draft.at }));
  const { ticketNumbers } = draft.conversation;
  draft.conversation.ticketNumbers = ticketNumbers.includes(number) ? ticketNumbers : [...ticketNumbers, number];
  draft.conversation.openTicket = number;
  // what people were called for is on their list now
  if (draft.conversation.handledBy === 'assistant') draft.conversation.waitingSince = null;
  await link(deps, draft, action.messageIds, number);
}

export type OnTicket = Extract<Action, { do: 'retype' | 'escalate' | 'rate-ticket' }>;

const onTicket = (deps: Deps, ticket: Ticket, action: OnTicket): TicketChange => {
  if (action.do === 'escalate') return { kind: 'escalation-asked', text: action.text };
  if (action.do === 'rate-ticket') return { kind: 'rated', score: action.score };
  const dueAt = dueTimes(deps, { ...ticket, type: action.type }, ticket.openedAt);
  return { kind: 'classified', type: action.type, dueAt };
};

export async function changeTicket(deps: Deps, draft: Draft, action: OnTicket, place: number): Promise<void> {
  const ticket = await ticketOf(deps.store, draft, action.ticketNumber);
  if (!ticket || ticket.contactId !== draft.contact.id) return;
  const changes = [onTicket(deps, ticket, action)];
  record(deps, draft, { ticket, number: ticket.number, cause: keyed(draft.causeId, place), changes });
}
