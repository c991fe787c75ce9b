import type { TicketChange, TicketEvent } from './events.ts';
import { type Pause, type Ticket, untouched } from './ticket.ts';
import type { TicketStatus } from './types.ts';

type Kind = TicketChange['kind'];
type Change<K extends Kind> = Extract<TicketChange, { kind: K }>;

/** The event around a change, as far as the fold asks: when, and who. */
interface Entered {
  at: string;
  byId: string | null;
}

type Fold<K extends Kind> = (ticket: Ticket, change: Change<K>, entered: Entered) => Partial<Ticket>;

const nothing = (): Partial<Ticket> => ({});

const moved = (status: TicketStatus, { at }: Entered): Pick<Ticket, 'status' | 'statusAt'> => ({
  status,
  statusAt: at,
});

const count = ({ counts }: Ticket, name: keyof Ticket['counts']): Pick<Ticket, 'counts'> => ({
  counts: { ...counts, [name]: counts[name] + 1 },
});

const handedTo = ({ handlers }: Ticket, assigneeId: string | null): Pick<Ticket, 'assigneeId' | 'handlers'> => ({
  assigneeId,
  handlers: assigneeId === null || handlers.at(-1) === assigneeId ? handlers : [...handlers, assigneeId],
});

/** Pauses with the one that is still open ended. */
const ended = (pauses: readonly Pause[], at: string): Pause[] =>
  pauses.map((one) => (one.to === null ? { ...one, to: at } : one));

/** It waits: the status to come back to is kept, a pause begins where none runs. */
const waits = (
  ticket: Ticket,
  entered: Entered,
  { reason, status, stops }: Omit<Pause, 'from' | 'to'> & { status: TicketStatus },
) => ({
  ...(ticket.status === status ? {} : moved(status, entered)),
  resumesAs: ticket.resumesAs ?? ticket.status,
  pauses: [...ended(ticket.pauses, entered.at), { reason, from: entered.at, to: null, stops }],
});

const goesOn = (ticket: Ticket, entered: Entered): Partial<Ticket> => ({
  ...moved(ticket.resumesAs ?? 'open', entered),
  resumesAs: null,
  pauses: ended(ticket.pauses, entered.at),
  asked: null,
});

/** The outside body is waited for no more; one that was asked before another changes nothing. */
const waitsNoMore = (ticket: Ticket, { referralId }: { referralId: string }, entered: Entered): Partial<Ticket> =>
  ticket.referralId !== referralId
    ? {}
    : { ...(ticket.status === 'pending_third_party' ? goesOn(ticket, entered) : {}), referralId: null };

/** Nothing is lacking any more: only what was not done for lack of stock, and is over with that, waits for it (TK-08). */
const supplied = { stock: null, stockOf: null };

const supplyAfter = (outcome: Ticket['outcome']): Partial<Ticket> => (outcome === 'not_done' ? {} : supplied);

/** Whatever it waited for, it does not wait any more. */
const settled = ({ pauses }: Ticket, { at }: Entered): Partial<Ticket> => ({
  resumesAs: null,
  pauses: ended(pauses, at),
  asked: null,
  draft: null,
});

const resting = ({ pauses }: Ticket, { at }: Entered): Pause[] =>
  pauses.some(({ reason, to }) => reason === 'resolved' && to === null)
    ? pauses
    : [...ended(pauses, at), { reason: 'resolved', from: at, to: null, stops: true }];

/** Between the answer, or the end, and the word of the person that it does not help nobody works on it. */
const answered = (ticket: Ticket, entered: Entered): Partial<Ticket> => ({
  ...settled(ticket, entered),
  pauses: resting(ticket, entered),
});

const again = (ticket: Ticket, status: TicketStatus, entered: Entered): Partial<Ticket> => ({
  ...settled(ticket, entered),
  ...supplied,
  ...moved(status, entered),
  outcome: null,
  resolvedAt: null,
  closedAt: null,
  creditedTo: null,
  ...count(ticket, 'reopened'),
});

/** Somebody of the care unit let it go on: they hear when its department has answered. */
const byCare = ({ byId }: Entered): Partial<Pick<Ticket, 'careAgentId'>> =>
  byId === null ? {} : { careAgentId: byId };

const withCare: readonly TicketStatus[] = ['new', 'open', 'returned'];

/** What was asked, as far as it reached the person: time runs from then on. */
function heard({ asked }: Ticket, arrived: boolean, { at }: Entered): Ticket['asked'] {
  if (asked === null || (asked.told ?? true) === arrived) return asked;
  return arrived ? { ...asked, told: true, at } : { ...asked, told: false };
}

const openPause = ({ pauses }: Ticket): Pause | null => pauses.find(({ to }) => to === null) ?? null;

/** It becomes part of another: where it stood is kept, and it stands on no list of its own. */
const partOf = (ticket: Ticket, into: string, entered: Entered): Partial<Ticket> => ({
  ...answered(ticket, entered),
  ...moved('closed', entered),
  mergedInto: into,
  closedAt: entered.at,
  stockOf: null,
  stood: {
    at: entered.at,
    status: ticket.status,
    resumesAs: ticket.resumesAs,
    pause: openPause(ticket),
    asked: ticket.asked,
    draft: ticket.draft,
    stockOf: ticket.stockOf,
  },
});

const later = (time: string, from: string, to: string): string =>
  new Date(Date.parse(time) + Date.parse(to) - Date.parse(from)).toISOString();

/** It stands by itself again, where it stood. The time for an answer to what was asked goes on from where it was. */
function byItself(ticket: Ticket, status: TicketStatus, entered: Entered): Partial<Ticket> {
  const parted = { mergedInto: null, closedAt: null, stood: null };
  const { stood } = ticket;
  if (!stood) return { ...again(ticket, status, entered), counts: ticket.counts, ...parted };
  const { pause, asked, resumesAs, draft, stockOf } = stood;
  const open = openPause(ticket);
  const goesOn = pause !== null && open?.from === pause.from && open.reason === pause.reason;
  const waited = pause && !goesOn ? [{ ...pause, from: entered.at }] : [];
  return {
    ...moved(stood.status, entered),
    ...parted,
    ...{ resumesAs, draft, stockOf },
    pauses: goesOn ? ticket.pauses : [...ended(ticket.pauses, entered.at), ...waited],
    asked: asked && { ...asked, at: later(asked.at, stood.at, entered.at) },
  };
}

const folds: { [K in Exclude<Kind, 'opened'>]: Fold<K> } = {
  classified: (_ticket, { kind: _kind, dueAt: _promised, ...facts }) =>
    Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
  'message-added': nothing,
  'message-removed': nothing,
  'status-changed': (ticket, { status }, entered) => ({
    ...moved(status, entered),
    ...(status === 'resolved' ? { resolvedAt: entered.at } : {}),
    ...(status === 'closed' ? { closedAt: entered.at, creditedTo: ticket.departmentId } : {}),
    ...(status === 'rejected' ? { closedAt: entered.at } : {}),
  }),
  responded: ({ respondedAt }, _change, { at }) => ({ respondedAt: respondedAt ?? at }),
  noted: nothing,
  'delay-told': nothing,
  'contact-changed': (_ticket, { contactId }) => ({ contactId }),

  accepted: (_ticket, _change, entered) => ({
    ...moved('open', entered),
    ...byCare(entered),
    acceptedAt: entered.at,
  }),
  rejected: (ticket, _change, entered) => ({
    ...answered(ticket, entered),
    ...supplied,
    ...moved('rejected', entered),
    closedAt: entered.at,
  }),
  transferred: (ticket, { departmentId, assigneeId }, entered) => ({
    ...settled(ticket, entered),
    ...supplied,
    ...moved('transferred', entered),
    ...(withCare.includes(ticket.status) ? byCare(entered) : {}),
    departmentId,
    ...handedTo(ticket, assigneeId),
    hadBy: [...new Set([...ticket.hadBy, departmentId])],
    routedAt: ticket.routedAt ?? entered.at,
    acceptedAt: ticket.acceptedAt ?? entered.at,
    ...count(ticket, 'transfers'),
  }),
  assigned: (ticket, { assigneeId }) => handedTo(ticket, assigneeId),
  started: (_ticket, _change, entered) => moved('in_progress', entered),
  returned: (ticket, { text, doneOn, visitOn }, entered) => ({
    ...settled(ticket, entered),
    ...moved('returned', entered),
    assigneeId: null,
    answer: { text, departmentId: ticket.departmentId, byId: entered.byId, at: entered.at, doneOn, visitOn },
  }),
  'sent-back': (ticket, { assigneeId }, entered) => ({
    ...settled(ticket, entered),
    ...moved('transferred', entered),
    ...byCare(entered),
    ...handedTo(ticket, assigneeId),
    ...count(ticket, 'sentBack'),
  }),
  'reply-drafted': (_ticket, { text, resolves, note }, { at, byId }) => ({
    draft: {
      ...{ text, byId, at },
      ...(resolves === undefined ? {} : { resolves }),
      ...(note === undefined ? {} : { note }),
    },
  }),
  'reply-declined': () => ({ draft: null }),
  replied: ({ respondedAt }, { text }, { at, byId }) => ({
    draft: null,
    reply: { text, byId, at },
    respondedAt: respondedAt ?? at,
  }),
  resolved: (ticket, { outcome }, entered) => ({
    ...answered(ticket, entered),
    ...supplyAfter(outcome),
    ...moved('resolved', entered),
    outcome,
    resolvedAt: entered.at,
    respondedAt: ticket.respondedAt ?? entered.at,
  }),
  closed: (ticket, { how, outcome, creditedTo }, entered) => ({
    ...answered(ticket, entered),
    // the person may come back to it with what they were asked for
    ...(how === 'no-data' ? { asked: ticket.asked, resumesAs: ticket.resumesAs } : {}),
    ...supplyAfter(outcome ?? ticket.outcome),
    ...moved('closed', entered),
    outcome: outcome ?? ticket.outcome ?? 'done',
    creditedTo,
    resolvedAt: ticket.resolvedAt ?? entered.at,
    closedAt: entered.at,
  }),
  reopened: (ticket, { status, why }, entered) =>
    why === 'unmerged' ? byItself(ticket, status, entered) : again(ticket, status, entered),
  unsatisfied: (ticket, { status, departmentId, assigneeId }, entered) => ({
    ...again(ticket, status, entered),
    departmentId,
    ...handedTo(ticket, assigneeId),
    counts: { ...ticket.counts, unsatisfied: ticket.counts.unsatisfied + 1 },
    // where there is nobody else its head may get it again
    notBy: [...new Set([...ticket.notBy, ...ticket.handlers])].filter((id) => id !== assigneeId),
  }),

  paused: (ticket, change, entered) => waits(ticket, entered, change),
  resumed: (ticket, _change, entered) => goesOn(ticket, entered),
  'data-asked': (ticket, { text, fields, round }, entered) => ({
    ...(ticket.status === 'pending_customer'
      ? {}
      : waits(ticket, entered, { reason: 'customer', status: 'pending_customer', stops: true })),
    asked: { text, fields, round, at: entered.at },
  }),
  'asking-told': (ticket, { arrived }, entered) => ({ asked: heard(ticket, arrived, entered) }),
  'data-given': (ticket, _change, entered) => goesOn(ticket, entered),
  'call-tried': (ticket, { result }, entered) => ({
    ...count(ticket, 'calls'),
    ...(result === 'reached' ? { asked: heard(ticket, true, entered) } : {}),
  }),
  decided: nothing,
  referred: (ticket, { referralId }, entered) => ({
    ...waits(ticket, entered, { reason: 'third_party', status: 'pending_third_party', stops: true }),
    referralId,
  }),
  'referral-answered': (ticket, change, entered) => waitsNoMore(ticket, change, entered),
  'referral-ended': (ticket, change, entered) => waitsNoMore(ticket, change, entered),
  'stock-awaited': ({ departmentId }, { item }, { at }) => ({
    stock: { item, since: at, supplyOn: null },
    stockOf: departmentId,
  }),
  'supply-dated': ({ stock }, { supplyOn }) => ({ stock: stock && { ...stock, supplyOn } }),
  'stock-arrived': () => supplied,

  'escalation-asked': nothing,
  escalated: (ticket, { level, why, assigneeId }, { at }) => ({
    escalation: { level, at, why },
    ...(assigneeId === undefined ? {} : handedTo(ticket, assigneeId)),
  }),
  objected: ({ objections }, { number }) => ({ objections: [...objections, number] }),
  warned: ({ warned }, { clock, dueAt }) => ({ warned: [...warned, { clock, dueAt }] }),
  breached: ({ breached }, { clock, dueAt }) => ({ breached: [...breached, { clock, dueAt }] }),
  nudged: (ticket) => count(ticket, 'nudges'),
  merged: (ticket, { into }, entered) => partOf(ticket, into, entered),
  absorbed: ({ absorbed }, { number }) => ({ absorbed: [...new Set([...absorbed, number])] }),
  released: ({ absorbed }, { number }) => ({ absorbed: absorbed.filter((one) => one !== number) }),
  'incident-linked': (_ticket, { incidentId }) => ({ incidentId }),
  kept: (_ticket, { restricted, visibleTo, hiddenFrom }) => ({ restricted, visibleTo, hiddenFrom }),
  surveyed: nothing,
  rated: (_ticket, { score }) => ({ satisfaction: score }),
};

function openTicket(event: TicketEvent, change: Change<'opened'>): Ticket {
  const { kind: _kind, dueAt, objectionTo, behalf, origin, about: _about, ...facts } = change;
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as typeof facts;
  return {
    complexity: 'routine',
    ...untouched,
    ...(given as Omit<typeof facts, 'urgent' | 'fields' | 'notBy' | 'hiddenFrom' | 'complexity'>),
    id: event.ticketNumber,
    version: 1,
    number: event.ticketNumber,
    status: 'new',
    openedAt: event.at,
    statusAt: event.at,
    behalf: behalf ?? null,
    origin: origin ?? null,
    objectionTo: objectionTo ?? null,
    dueAt: { ...dueAt, routing: dueAt.routing ?? null },
    eventCount: event.seq,
    causeKey: event.cause,
  };
}

/** What comes by itself or stands on the side: nobody who acts on what they saw before it is mistaken. */
const quiet: ReadonlySet<Kind> = new Set<Kind>([
  'message-added',
  'message-removed',
  'asking-told',
  'responded',
  'warned',
  'breached',
  'nudged',
  'surveyed',
  'rated',
]);

/** Whether a change makes nobody's view of a ticket stale. */
export const isQuiet = ({ kind }: TicketChange, actor: TicketEvent['actor']): boolean =>
  quiet.has(kind) || (kind === 'noted' && actor.kind !== 'agent');

/** The ticket after one more event; the first event must be `opened`. The store counts `version`, not this. Pure. */
export function applyEvent(ticket: Ticket | null, event: TicketEvent): Ticket {
  const { change, at, actor } = event;
  if (change.kind === 'opened') return openTicket(event, change);
  if (!ticket) throw new Error(`ticket ${event.ticketNumber}: its ledger does not begin with "opened"`);
  const fold = folds[change.kind] as Fold<Kind>;
  const byId = actor.kind === 'agent' ? actor.id : null;
  return { ...ticket, ...fold(ticket, change, { at, byId }), eventCount: event.seq };
}

/** The ticket that a whole ledger makes, or null of an empty one. Pure. */
export const foldTicket = (events: readonly TicketEvent[]): Ticket | null =>
  events.reduce<Ticket | null>((ticket, event) => applyEvent(ticket, event), null);
