import { settleBy } from '../../../src/casework/settle.ts';
import { iso } from '../../../src/clock.ts';
import type { OrganisationSnapshot } from '../../../src/organisation/settings.ts';
import type { Store } from '../../../src/store/port.ts';
import { type Ticket, tickets, untouched } from '../../../src/ticket/ticket.ts';
import type { TicketStatus } from '../../../src/ticket/types.ts';

const statuses: readonly TicketStatus[] = [
  'new',
  'open',
  'transferred',
  'in_progress',
  'in_progress',
  'pending_customer',
];
const types = ['inquiry', 'complaint', 'technical', 'service', 'report', 'suggestion'] as const;
const channels = ['web-chat', 'whatsapp-web', 'email', 'desk'] as const;
const subjects = [
  'تأخر في الرد على طلب الصيانة',
  'جهاز العرض لا يعمل في القاعة',
  'استفسار عن حجز المسرح لفعالية',
  'بلاغ عن عطل في التكييف',
];

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;

/** Every third waited for the person for some hours; one that is pending still does. */
const pausesOf = (status: TicketStatus, openedMs: number, at: number): Ticket['pauses'] => {
  const waited = { reason: 'customer', stops: true, from: iso(openedMs + 3_600_000), to: iso(openedMs + 9_000_000) };
  const waits = { reason: 'customer', stops: true, from: iso(openedMs + 10_000_000), to: null };
  return [...(at % 3 === 0 ? [waited] : []), ...(status === 'pending_customer' ? [waits] : [])];
};

/** An open ticket as it stands after some days of work. */
export function aWorkedTicket(at: number, openedMs: number, organisation: OrganisationSnapshot): Ticket {
  const number = `26${String(at).padStart(7, '0')}`;
  const openedAt = iso(openedMs);
  const status = pick(statuses, at);
  const { departments } = organisation;
  const isRouted = !['new', 'open'].includes(status);
  return {
    ...untouched,
    id: number,
    version: 1,
    number,
    type: pick(types, at),
    service: null,
    subject: pick(subjects, at),
    status,
    importance: 'medium',
    complexity: 'routine',
    fields: { building: 'مبنى كلية العلوم', room: `${at % 300}` },
    restricted: false,
    urgent: at % 50 === 0,
    departmentId: pick(departments, at).id,
    assigneeId: isRouted ? `member-${at % 40}` : null,
    handlers: isRouted ? [`member-${at % 40}`] : [],
    contactId: `contact-${at % 50_000}`,
    conversationId: `conversation-${at}`,
    channel: pick(channels, at),
    language: 'ar',
    openedAt,
    statusAt: openedAt,
    acceptedAt: isRouted ? openedAt : null,
    routedAt: isRouted ? iso(openedMs + 1_800_000) : null,
    respondedAt: iso(openedMs + 600_000),
    pauses: pausesOf(status, openedMs, at),
    dueAt: { firstResponse: null, routing: null, resolution: null },
    eventCount: 8,
    causeKey: `cause-${at}`,
  };
}

const inUnit = 2_000;

/** Puts so many tickets into a store, opened one after the other in the time before `nowMs`; settled as `change` leaves them. */
export async function keepTickets(
  store: Store,
  organisation: OrganisationSnapshot,
  { count, nowMs, spanMs, change }: { count: number; nowMs: number; spanMs: number; change?: (one: Ticket) => Ticket },
): Promise<void> {
  const settle = settleBy(organisation);
  for (let from = 0; from < count; from += inUnit) {
    const places = Array.from({ length: Math.min(inUnit, count - from) }, (_, at) => from + at);
    const made = places.map((at) => {
      const one = settle(aWorkedTicket(at, nowMs - Math.floor((spanMs * (at + 1)) / count), organisation));
      return change ? change(one) : one;
    });
    await store.write(made.map((document) => ({ op: 'insert', in: tickets, document })));
  }
}
