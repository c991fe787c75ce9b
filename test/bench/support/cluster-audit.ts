import { type Conversation, conversations } from '../../../src/conversation/conversation.ts';
import { arrivals } from '../../../src/message/arrival.ts';
import { type Delivery, deliveries, type Message, messages } from '../../../src/message/message.ts';
import type { Store } from '../../../src/store/port.ts';
import { ticketEvents } from '../../../src/ticket/events.ts';
import { tickets } from '../../../src/ticket/ticket.ts';
import { openStoreOf } from '../../support/store-env.ts';
import { type Audit, audit } from './audit.ts';
import { auditPosts } from './audit-posts.ts';
import type { Accepted } from './cluster-fronts.ts';
import { careAddress, type House, type Listening, loneInbox, type Trouble } from './cluster-house.ts';
import type { Line, People } from './cluster-people.ts';
import { readAll } from './read-all.ts';

const chat = 'web-chat';
const provider = 'whatsapp-cloud';

/** Everything in `faults` must be 0; what is in `again` is told, as at least once is what can be had there. */
export interface ClusterAudit {
  size: Record<string, number>;
  faults: Record<string, number>;
  again: Record<string, number>;
}

interface Evidence {
  house: House;
  people: People;
  messages: Message[];
  deliveries: Delivery[];
  conversations: Conversation[];
}

const isSorted = (values: readonly number[]): boolean =>
  values.every((value, at) => at === 0 || value > (values[at - 1] ?? 0));

/** Lines that have a later place than one that was written only after they had been acknowledged. */
const overtaken = (lines: readonly Line[], placeOf: ReadonlyMap<string, number>): number =>
  lines.filter((line) =>
    lines.some(
      (later) =>
        later.writtenAt > line.acknowledgedAt && (placeOf.get(later.id) ?? 0) < (placeOf.get(line.id) ?? Number.NaN),
    ),
  ).length;

/** Whether people's words and our answers kept their order; a place is the message's within its conversation. */
function orderFaults({ house, people, messages: stored, deliveries: sendings }: Evidence): Record<string, number> {
  const placeOf = new Map(stored.map(({ id, seq }) => [id, seq]));
  const placeOfWamid = new Map(stored.map(({ externalId, seq }) => [externalId, seq]));
  const sendingOf = new Map(sendings.map((one) => [one.id, one]));
  const seen = people.writers.map(({ visitor }) => {
    const first = new Set(
      visitor.sights.filter(({ message }) => message.direction === 'outbound').map(({ message }) => message.id),
    );
    return [...first].map((id) => placeOf.get(id) ?? 0);
  });
  const firsts = new Set(house.accepted.map(({ delivery }) => delivery));
  const byTalk = Map.groupBy(
    [...firsts].map((id) => sendingOf.get(id)).filter((one) => one !== undefined),
    ({ conversationId }) => conversationId,
  );
  return {
    'words of a visitor out of order': people.writers.reduce((sum, { lines }) => sum + overtaken(lines, placeOf), 0),
    'people on WhatsApp whose words are out of order': people.senders.filter(
      ({ wamids }) => !isSorted(wamids.map((wamid) => placeOfWamid.get(wamid) ?? 0)),
    ).length,
    'visitors who saw answers out of order': seen.filter((places) => !isSorted(places)).length,
    'people on WhatsApp who got answers out of order': [...byTalk.values()].filter(
      (list) => !isSorted(list.map(({ seq, part }) => seq * 100 + part)),
    ).length,
  };
}

/** So long at most a note takes after the provider took a message: the answer's way, the write, and some patience. */
const noteMs = 5_000;
/** What a process did within this time after it woke, it had begun before it was held still. */
const afterWakingMs = 2_000;

type Excuse = 'killed before the note' | 'paused before the note' | 'woke before it' | 'database away before the note';

/** Why a message went out again, or null where nothing explains it. `process`: null where it is not known whose it was. */
function excuseOf(
  troubles: readonly Trouble[],
  first: { process: number | null; at: number },
  second: { process: number | null; at: number },
): Excuse | null {
  const of = (one: Trouble, by: number | null): boolean => by === null || one.process === by;
  const fell = (one: Trouble): boolean => one.from < first.at + noteMs && one.to > first.at - 50;
  const during = (what: Trouble['what'], by: number | null): boolean =>
    troubles.some((one) => one.what === what && of(one, by) && fell(one));
  if (during('kill', first.process)) return 'killed before the note';
  if (during('pause', first.process)) return 'paused before the note';
  if (during('line', null) || during('database', null)) return 'database away before the note';
  const woke = troubles.some(
    (one) =>
      one.what === 'pause' && of(one, second.process) && second.at > one.to && second.at < one.to + afterWakingMs,
  );
  return woke ? 'woke before it' : null;
}

interface Repeated {
  again: Record<string, number>;
  unexplained: number;
}

/** What went out more than once, by why. */
function repeated(
  name: string,
  all: readonly { key: string; process: number | null; at: number }[],
  troubles: readonly Trouble[],
): Repeated {
  const again: Record<string, number> = {};
  let unexplained = 0;
  for (const list of Map.groupBy(all, ({ key }) => key).values()) {
    const sorted = list.toSorted((a, b) => a.at - b.at);
    sorted.slice(1).forEach((second, at) => {
      const excuse = excuseOf(troubles, sorted[at] ?? second, second);
      if (!excuse) unexplained += 1;
      const key = `${name}: ${excuse ?? 'for no known reason'}`;
      again[key] = (again[key] ?? 0) + 1;
    });
  }
  return { again, unexplained };
}

const headerOf = (raw: Buffer, name: string): string => {
  const head = raw
    .subarray(0, 8_192)
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
};

const providerFaults = ({ house, deliveries: sendings }: Evidence): Record<string, number> => {
  const sendingOf = new Map(sendings.map((one) => [one.id, one]));
  const people = Map.groupBy(house.accepted, ({ delivery }) => delivery);
  const taken = new Set(house.accepted.map(({ delivery }) => delivery));
  return {
    'WhatsApp messages that are not in the store': [...taken].filter((id) => !sendingOf.has(id)).length,
    'one sending to two people': [...people.values()].filter((list) => new Set(list.map(({ to }) => to)).size > 1)
      .length,
    'answers that the provider never got': sendings.filter(({ inboxId, id }) => inboxId === provider && !taken.has(id))
      .length,
  };
};

const mailFaults = ({ house, people, messages: stored }: Evidence): Record<string, number> => {
  const inbound = stored.filter(({ inboxId, direction }) => inboxId === loneInbox && direction === 'inbound');
  const known = new Set(inbound.map(({ externalId }) => externalId));
  const answers = Map.groupBy(house.smtp.received, ({ raw }) => headerOf(raw, 'In-Reply-To'));
  const idsOf = (id: string) => new Set((answers.get(id) ?? []).map(({ raw }) => headerOf(raw, 'Message-ID')));
  const strangers = [...answers].filter(([id, list]) => {
    const at = people.mails.indexOf(id);
    return list.some(({ to }) => !to.includes(`person${at}@example.com`) && !to.includes(careAddress));
  });
  return {
    'mails not stored': people.mails.filter((id) => !known.has(id)).length,
    'mails stored twice': inbound.length - known.size,
    'mails without an answer': people.mails.filter((id) => !answers.has(id)).length,
    'mails with two different answers': people.mails.filter((id) => idsOf(id).size > 1).length,
    'letters to the wrong person': strangers.length,
  };
};

/** A process that wakes needs a moment until it sees that it was taken for dead. */
const seesWithinMs = 10_000;
/** An end is seen a little late where everybody is busy. */
const endsWithinMs = 300;

/** What is left of a stretch of time without others, at its longest. */
function longestLeft(from: number, to: number, without: readonly { from: number; to: number }[]): number {
  let [at, longest] = [from, 0];
  for (const one of without.toSorted((a, b) => a.from - b.from)) {
    if (one.to <= at) continue;
    longest = Math.max(longest, Math.min(one.from, to) - at);
    at = one.to;
    if (at >= to) return longest;
  }
  return Math.max(longest, to - at);
}

/** Whether two processes were at the mailbox at once, beyond one that was held still and has just woken. */
export function sharedListening(listenings: readonly Listening[], troubles: readonly Trouble[]): number {
  const excused = (process: number) =>
    troubles
      .filter((one) => one.what === 'pause' && one.process === process)
      .map(({ from, to }) => ({ from, to: to + seesWithinMs }));
  let count = 0;
  listenings.forEach((one, at) => {
    for (const other of listenings.slice(at + 1)) {
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      if (one.process === other.process || to <= from) continue;
      const without = [...excused(one.process), ...excused(other.process)];
      if (longestLeft(from, to, without) > endsWithinMs) count += 1;
    }
  });
  return count;
}

async function ticketFaults(store: Store): Promise<Record<string, number>> {
  const opened = await readAll(store, tickets, 'by-opened');
  const events = await readAll(store, ticketEvents, 'by-ticket');
  return {
    'tickets opened twice for one cause': opened.length - new Set(opened.map(({ causeKey }) => causeKey)).size,
    'ticket numbers used twice': opened.length - new Set(opened.map(({ number }) => number)).size,
    'openings beyond the tickets': events.filter(({ change }) => change.kind === 'opened').length - opened.length,
  };
}

const prefixed = (name: string, faults: Record<string, number>): [string, number][] =>
  Object.entries(faults).map(([fault, count]) => [`${name}: ${fault}`, count]);

const acceptedOf = ({ process, delivery, at }: Accepted) => ({ key: delivery, process, at });

/** Compares what people did, what the store holds, and what went out. */
export async function auditCluster(directory: string, house: House, people: People): Promise<ClusterAudit> {
  const visitors = people.writers.map(({ visitor }) => visitor);
  const ofChat: Audit = await audit(directory, visitors, chat);
  const wamids = people.senders.flatMap((sender) => sender.wamids);
  const ofPosts = await auditPosts(directory, wamids, provider);
  const ofMails = await auditPosts(directory, people.mails, loneInbox);
  const store = await openStoreOf(directory);
  try {
    const evidence: Evidence = {
      house,
      people,
      messages: await readAll(store, messages, 'by-external-id'),
      deliveries: await readAll(store, deliveries, 'by-message'),
      conversations: await readAll(store, conversations, 'by-last-message'),
    };
    const overProvider = repeated('WhatsApp', house.accepted.map(acceptedOf), house.troubles);
    const letters = house.smtp.received.map(({ raw }, at) => ({
      key: headerOf(raw, 'Message-ID'),
      process: null,
      at: house.letterTimes[at] ?? 0,
    }));
    const byMail = repeated('email', letters, house.troubles);
    return {
      size: {
        ...ofChat.size,
        'WhatsApp posts acknowledged': wamids.length,
        'WhatsApp messages sent': house.accepted.length,
        mails: people.mails.length,
        letters: house.smtp.received.length,
      },
      faults: {
        ...Object.fromEntries([
          ...prefixed('chat', ofChat.faults),
          ...prefixed('WhatsApp', ofPosts),
          ...prefixed('email', ofMails),
        ]),
        ...(await ticketFaults(store)),
        ...orderFaults(evidence),
        ...providerFaults(evidence),
        ...mailFaults(evidence),
        'WhatsApp messages sent twice for no known reason': overProvider.unexplained,
        'letters sent twice for no known reason': byMail.unexplained,
        'two processes at the mailbox at once': sharedListening(house.listenings, house.troubles),
      },
      again: { ...prefixedAgain(ofChat.again), ...overProvider.again, ...byMail.again },
    };
  } finally {
    await store.close();
  }
}

const prefixedAgain = (again: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(again).map(([why, count]) => [`chat: ${why}`, count]));

/** How much is still to be done: posts to read, turns to decide, sendings that are ours to make. */
export async function workLeft(store: Store): Promise<number> {
  const posts = await store.count(arrivals, { index: 'by-due', where: {} });
  const turns = (await readAll(store, conversations, 'by-last-message')).filter(({ turnDueAt }) => turnDueAt !== null);
  const open = (await readAll(store, deliveries, 'by-message')).filter((one) => one.open);
  return posts + turns.length + open.length;
}
