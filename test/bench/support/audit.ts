import { type Conversation, conversations, type Decision, decisions } from '../../../src/conversation/conversation.ts';
import { keyed } from '../../../src/ids.ts';
import { type Message, messages } from '../../../src/message/message.ts';
import type { Store } from '../../../src/store/port.ts';
import { type TicketEvent, ticketEvents } from '../../../src/ticket/events.ts';
import { foldTicket } from '../../../src/ticket/fold.ts';
import { findTicketNumbers } from '../../../src/ticket/number.ts';
import { type Ticket, ticket, tickets } from '../../../src/ticket/ticket.ts';
import { openStoreOf } from '../../support/store-env.ts';
import { readAll } from './read-all.ts';
import type { Visitor } from './visitor.ts';

/** What is in the store and what the visitors saw, after it all. */
interface Evidence {
  visitors: readonly Visitor[];
  messages: Message[];
  conversations: Conversation[];
  decisions: Decision[];
  tickets: Ticket[];
  events: TicketEvent[];
}

const afterKill = 'killed between the sending and the note that it arrived';
const afterQuiet = 'at a connection after a quiet time';
const atOnce = 'twice over one connection';

/** Figures of an audit. Everything in `faults` must be 0. */
export interface Audit {
  size: Record<'acknowledged' | 'stored' | 'decided turns' | 'answers' | 'tickets', number>;
  faults: Record<string, number>;
  /** Answers that a visitor got more than once under the same id, by why. */
  again: Record<typeof afterKill | typeof afterQuiet | typeof atOnce, number>;
}

const groups = <T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> =>
  Map.groupBy(list, keyOf) as Map<string, T[]>;

/** How many there are beyond the first of each key. */
const surplus = <T>(list: readonly T[], keyOf: (one: T) => string): number => list.length - groups(list, keyOf).size;

const messageFaults = ({ visitors, messages: stored, decisions: made, conversations: talks }: Evidence) => {
  const inbound = stored.filter((one) => one.direction === 'inbound');
  const byExternalId = groups(inbound, (one) => one.externalId);
  const acknowledged = visitors.flatMap((visitor) =>
    [...visitor.acknowledged].map(([clientId, id]) => ({ id, externalId: `${visitor.id()}:${clientId}` })),
  );
  const known = new Set(acknowledged.map((one) => one.externalId));
  const decided = made.flatMap((one) => one.messageIds);
  const isDecided = new Set(decided);
  return {
    'acknowledged and lost': acknowledged.filter(({ externalId, id }) => byExternalId.get(externalId)?.[0]?.id !== id)
      .length,
    'stored twice': surplus(inbound, (one) => one.externalId),
    'stored that nobody sent': inbound.filter((one) => !known.has(one.externalId)).length,
    'never decided': inbound.filter((one) => !isDecided.has(one.id)).length,
    'decided twice': decided.length - isDecided.size,
    'left waiting': talks.filter((one) => one.turnDueAt !== null).length,
    'places in a conversation used twice or left out': [...groups(stored, (one) => one.conversationId).values()].filter(
      (list) =>
        list
          .map((one) => one.seq)
          .toSorted((a, b) => a - b)
          .some((seq, at) => seq !== at + 1),
    ).length,
  };
};

/** A ticket as its ledger alone makes it: its clocks follow from settings too. */
const withoutClocks = (one: Ticket | null): string | null =>
  one &&
  JSON.stringify(ticket.parse({ ...one, version: 1, actedVersion: 1, dueAt: nothingDue, burnsAt: null, nextAt: null }));
const nothingDue = { firstResponse: null, routing: null, resolution: null };

const ticketFaults = ({ visitors, tickets: kept, events, decisions: made, conversations: talks }: Evidence) => {
  const wanted = made.flatMap((one) =>
    one.actions.flatMap((action, place) => (action.do === 'open-ticket' ? [keyed('ticket', one.id, place)] : [])),
  );
  const byCause = groups(kept, (one) => one.causeKey);
  const ledgers = groups(events, (one) => one.ticketNumber);
  const addressOf = new Map(talks.map((one) => [one.contactId, one.address]));
  const told = visitors.flatMap((visitor) =>
    visitor.sights.flatMap(({ message }) =>
      findTicketNumbers(message.text).map((number) => ({ number, to: visitor.id() })),
    ),
  );
  const owner = new Map(kept.map((one) => [one.number, addressOf.get(one.contactId)]));
  return {
    'tickets doubled for one cause': kept.length - byCause.size,
    'tickets without a cause, or causes without a ticket': kept.length - wanted.length,
    'ticket numbers reused': events.filter((one) => one.change.kind === 'opened').length - kept.length,
    "ticket numbers told that are not the person's": told.filter(({ number, to }) => owner.get(number) !== to).length,
    'tickets unlike their ledger': kept.filter((one) => {
      const ledger = (ledgers.get(one.number) ?? []).toSorted((a, b) => a.seq - b.seq);
      return withoutClocks(foldTicket(ledger)) !== withoutClocks(one);
    }).length,
  };
};

const answerFaults = ({ visitors, messages: stored, decisions: made, conversations: talks }: Evidence) => {
  const outbound = stored.filter((one) => one.direction === 'outbound');
  const byCause = groups(outbound, (one) => one.decisionId ?? '');
  const says = (one: Decision): number => one.actions.filter((action) => action.do === 'say').length;
  const addressOf = new Map(talks.map((one) => [one.id, one.address]));
  const seen = new Map(visitors.map((visitor) => [visitor.id(), new Set(visitor.sights.map((one) => one.message.id))]));
  const isOurs = new Set(outbound.map((one) => one.id));
  const strange = visitors.flatMap((visitor) =>
    visitor.sights.filter(({ message }) => message.direction === 'outbound' && !isOurs.has(message.id)),
  );
  return {
    'different answers to one cause': made.reduce(
      (sum, one) => sum + Math.max(0, (byCause.get(one.id)?.length ?? 0) - says(one)),
      0,
    ),
    'answers decided and not written': made.reduce(
      (sum, one) => sum + Math.max(0, says(one) - (byCause.get(one.id)?.length ?? 0)),
      0,
    ),
    'answers that their visitor never saw': outbound.filter(
      (one) => !seen.get(addressOf.get(one.conversationId) ?? '')?.has(one.id),
    ).length,
    'answers seen that are not in the store': strange.length,
  };
};

/** Answers that came again. After a kill it is the one repetition that is meant to happen; the last connection came after a quiet time. */
const seenAgain = (visitors: readonly Visitor[]): Audit['again'] => {
  const again: Audit['again'] = { [afterKill]: 0, [afterQuiet]: 0, [atOnce]: 0 };
  for (const { sights, connections: last } of visitors) {
    const ours = sights.filter((one) => one.message.direction === 'outbound');
    for (const list of groups(ours, (one) => one.message.id).values()) {
      const connections = new Set(list.map((one) => one.connection));
      const quiet = connections.size > 1 && connections.has(last) ? 1 : 0;
      again[afterKill] += connections.size - 1 - quiet;
      again[afterQuiet] += quiet;
      again[atOnce] += list.length - connections.size;
    }
  }
  return again;
};

/** What a store holds, of one inbox or of all. */
async function gather(store: Store, visitors: readonly Visitor[], inboxId?: string): Promise<Evidence> {
  const isAsked = (one: { inboxId: string }): boolean => inboxId === undefined || one.inboxId === inboxId;
  const talks = (await readAll(store, conversations, 'by-last-message')).filter(isAsked);
  const isTalk = new Set(talks.map(({ id }) => id));
  const ofTalk = (one: { conversationId: string | null }): boolean =>
    inboxId === undefined || isTalk.has(one.conversationId ?? '');
  const kept = (await readAll(store, tickets, 'by-opened')).filter(ofTalk);
  const isKept = new Set(kept.map(({ number }) => number));
  return {
    visitors,
    messages: (await readAll(store, messages, 'by-external-id')).filter(isAsked),
    conversations: talks,
    decisions: (await readAll(store, decisions, 'by-conversation')).filter(ofTalk),
    tickets: kept,
    events: (await readAll(store, ticketEvents, 'by-ticket')).filter(
      ({ ticketNumber }) => inboxId === undefined || isKept.has(ticketNumber),
    ),
  };
}

/**
 * Compares what is in a data directory with what its visitors were told. With `inboxId`, what belongs to that inbox alone:
 * several kinds of people may have written.
 */
export async function audit(directory: string, visitors: readonly Visitor[], inboxId?: string): Promise<Audit> {
  const store = await openStoreOf(directory);
  try {
    const evidence = await gather(store, visitors, inboxId);
    return {
      size: {
        acknowledged: visitors.reduce((sum, one) => sum + one.acknowledged.size, 0),
        stored: evidence.messages.filter((one) => one.direction === 'inbound').length,
        'decided turns': evidence.decisions.length,
        answers: evidence.messages.filter((one) => one.direction === 'outbound').length,
        tickets: evidence.tickets.length,
      },
      faults: { ...messageFaults(evidence), ...ticketFaults(evidence), ...answerFaults(evidence) },
      again: seenAgain(visitors),
    };
  } finally {
    await store.close();
  }
}
