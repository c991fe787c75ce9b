import { formFor, readField } from '../casework/forms.ts';
import { keepFrom } from '../casework/keep-from.ts';
import { namedStaff, speaksOfStaff } from '../casework/named-staff.ts';
import { type Opening, openCase } from '../casework/open.ts';
import type { AlertDraft } from '../casework/scene.ts';
import { sealedChanges } from '../casework/seal.ts';
import { settleBy } from '../casework/settle.ts';
import { allIn, type Staff } from '../casework/staff.ts';
import type { Clock } from '../clock.ts';
import { conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { type Message, messages } from '../message/message.ts';
import { promise } from '../sla/promise.ts';
import type { Store } from '../store/port.ts';
import type { Actor, TicketChange } from '../ticket/events.ts';
import { enter } from '../ticket/ledger.ts';
import { ticketNumber } from '../ticket/number.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { Action, OpenTicket } from './actions.ts';
import { alertOps } from './casework/alert-ops.ts';
import { readStaff } from './casework/scene-of.ts';
import type { FlowDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { numberNoticeOps } from './new-notice.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock' | 'members' | 'secret'>;

const year = (clock: Clock): number => new Date(clock.now()).getUTCFullYear();

interface Entry {
  number: string;
  cause: string;
  changes: TicketChange[];
  /** Absent: whoever the unit is of. */
  actor?: Actor;
}

/** Puts changes into a ticket's ledger (null: a new one) as part of the unit. */
export function record(
  { content, secret }: Pick<Deps, 'content' | 'secret'>,
  draft: Draft,
  { ticket, number, cause, changes, actor = draft.actor }: Entry & { ticket: Ticket | null },
): Ticket {
  const settle = settleBy(content.organisation());
  const entered = enter(ticket, sealedChanges(content.organisation(), secret, changes), {
    number,
    at: draft.at,
    actor,
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

/** What may be about somebody who works here. */
const mayBeAbout: readonly Ticket['type'][] = ['complaint', 'report', 'objection'];

const mostMerges = 5;

/** The ticket, or the one that goes on with it where it was merged (EX-06). */
export async function survivorIn(store: Store, draft: Draft, number: string): Promise<Ticket | null> {
  let ticket = await ticketOf(store, draft, number);
  for (let count = 0; ticket?.mergedInto && count < mostMerges; count += 1)
    ticket = await ticketOf(store, draft, ticket.mergedInto);
  return ticket;
}

/** A public post that is linked in private: what the person adds below it belongs to the ticket too. */
async function noteInPublic(store: Store, draft: Draft, linked: readonly Message[], number: string): Promise<void> {
  const from = draft.conversation.cameFrom;
  const found = linked.some((one) => one.conversationId === from) && from && (await store.get(conversations, from));
  if (!found || found.ticketNumbers.includes(number)) return;
  const set = { ticketNumbers: [...found.ticketNumbers, number], openTicket: number };
  draft.ops.push({ op: 'update', in: conversations, id: found.id, expect: found.version, set });
}

/** A complaint or a report is kept from whom its person names later as well (EX-01). */
async function keptFromNamed(
  { store, content }: Pick<Deps, 'store' | 'content'>,
  ticket: Ticket,
  told: readonly Message[],
): Promise<TicketChange[]> {
  const said = told.filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
  if (said.length === 0 || (!ticket.restricted && !mayBeAbout.includes(ticket.type))) return [];
  const staff = await readStaff({ store });
  const about = namedStaff(staff, said.join('\n'));
  return about.every((id) => ticket.hiddenFrom.includes(id))
    ? []
    : keepFrom({ ticket, staff, organisation: content.organisation() }, about);
}

export async function link(deps: Deps, draft: Draft, messageIds: readonly string[], named: string): Promise<void> {
  const { store } = deps;
  const ticket = await survivorIn(store, draft, named);
  if (!ticket || messageIds.length === 0) return;
  const { number } = ticket;
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
  const added = fresh.map(({ id }) => ({ kind: 'message-added' as const, messageId: id }));
  const changes = [...added, ...(await keptFromNamed(deps, ticket, fresh))];
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

/** Nobody has to be known where a ticket is told to nobody at once. */
const nobodyKnown = { members: [], deputies: [] };

const needsStaff = ({ restricted, urgent, type }: OpenTicket): boolean =>
  restricted || urgent === true || mayBeAbout.includes(type);

/** The words that tell a matter. */
async function toldIn(store: Store, { subject, messageIds }: OpenTicket): Promise<string> {
  const told = await store.getMany(messages, messageIds);
  return [subject, ...told.map(({ text }) => text)].join('\n');
}

/** The agents whom a complaint or a report names; `wary` where it is about one who is not known by name (EX-01). */
async function whomItIsAbout(
  store: Store,
  staff: Staff,
  action: OpenTicket,
): Promise<{ about: string[]; wary: boolean }> {
  if (!action.restricted && !mayBeAbout.includes(action.type)) return { about: [], wary: false };
  const text = await toldIn(store, action);
  const about = namedStaff(staff, text);
  return { about, wary: about.length === 0 && !action.restricted && speaksOfStaff(text) };
}

/** Those above look whom it is about. */
function aboveAll({ staff, now }: { staff: Staff; now: string }): AlertDraft[] {
  const supervisors = allIn(staff, 'supervisor', { now });
  const found = supervisors.length > 0 ? supervisors : allIn(staff, 'administrator', { now });
  return found.map(({ id }) => ({ kind: 'about-staff', agentId: id }));
}

/** A national ID stands in its message alone until it is sealed. */
async function fieldsOf({ store, content }: Deps, { fields = {} }: OpenTicket): Promise<Record<string, string>> {
  const { forms } = content.organisation().casework;
  const values: Record<string, string> = {};
  for (const [id, value] of Object.entries(fields)) {
    const field = forms.find((one) => one.id === id);
    const told = field?.kind === 'national-id' ? await store.get(messages, value) : null;
    const read = field && readField(field, told?.text ?? value);
    if (read && 'value' in read) values[id] = read.value;
  }
  return values;
}

/** The form asks for the earlier request, or a remark tells it. */
function followed(deps: Deps, draft: Draft, { follows, type, service }: OpenTicket) {
  if (follows === undefined) return { fields: {}, changes: [] };
  const asked = formFor(deps.content.organisation(), { type, service }).find(({ kind }) => kind === 'reference');
  if (asked) return { fields: { [asked.id]: follows }, changes: [] };
  const text = deps.content.render()('note-follows', draft.language, { number: follows });
  return { fields: {}, changes: [{ kind: 'noted' as const, text }] };
}

/** The first changes of a ticket that the assistant opens, and who of staff hears of it. */
async function openingOf(deps: Deps, draft: Draft, action: OpenTicket): Promise<Opening> {
  const { do: _do, messageIds: _messages, incidentId, follows: _follows, fields: _fields, ...facts } = action;
  const { store, content } = deps;
  const organisation = content.organisation();
  const staff = needsStaff(action) ? await readStaff({ store }) : nobodyKnown;
  const { id: conversationId, channel } = draft.conversation;
  const { language } = draft;
  const following = followed(deps, draft, action);
  const fields = { ...following.fields, ...(await fieldsOf(deps, action)) };
  const scene = { organisation, staff, now: draft.at };
  const { about, wary } = await whomItIsAbout(store, staff, action);
  const told = { ...facts, fields, contactId: draft.contact.id, conversationId, channel, language, about };
  const { changes, alerts } = openCase(scene, told);
  const tied: TicketChange[] = incidentId === undefined ? [] : [{ kind: 'incident-linked', incidentId }];
  return {
    changes: [...changes, ...following.changes, ...tied],
    alerts: [...alerts, ...(wary ? aboveAll(scene) : [])],
  };
}

/** Opens a ticket, or finds the one that the same cause opened before. */
export async function openTicket(deps: Deps, draft: Draft, action: OpenTicket, place: number): Promise<void> {
  const cause = keyed('ticket', draft.causeId, place);
  const known = (await deps.store.find(tickets, { index: 'by-cause', where: { causeKey: cause }, limit: 1 })).items[0];
  const number = known?.number ?? ticketNumber(year(deps.clock), await deps.store.next(`tickets-${year(deps.clock)}`));
  const { inboxId, ticketNumbers } = draft.conversation;
  if (known) draft.opened = known;
  else {
    const { changes, alerts } = await openingOf(deps, draft, action);
    draft.opened = record(deps, draft, { ticket: null, number, cause, changes });
    draft.ops.push(...alertOps(alerts, { ticketNumber: number, cause, at: draft.at }));
    draft.ops.push(...numberNoticeOps(deps, draft.opened, { inboxId, at: draft.at }));
  }
  draft.conversation.ticketNumbers = ticketNumbers.includes(number) ? ticketNumbers : [...ticketNumbers, number];
  draft.conversation.openTicket = number;
  // what people were called for is on their list now
  if (draft.conversation.handledBy === 'assistant') draft.conversation.waitingSince = null;
  await link(deps, draft, action.messageIds, number);
}

export type OnTicket = Extract<Action, { do: 'retype' | 'rate-ticket' }>;

const onTicket = (deps: Deps, ticket: Ticket, action: OnTicket): TicketChange => {
  if (action.do === 'rate-ticket') {
    const { score, employee } = action;
    return { kind: 'rated', score, ...(employee === undefined ? {} : { employee }) };
  }
  const dueAt = dueTimes(deps, { ...ticket, type: action.type }, ticket.openedAt);
  return { kind: 'classified', type: action.type, dueAt };
};

export async function changeTicket(deps: Deps, draft: Draft, action: OnTicket, place: number): Promise<void> {
  const ticket = await ticketOf(deps.store, draft, action.ticketNumber);
  if (!ticket || ticket.contactId !== draft.contact.id) return;
  const changes = [onTicket(deps, ticket, action)];
  record(deps, draft, { ticket, number: ticket.number, cause: keyed(draft.causeId, place), changes });
}
