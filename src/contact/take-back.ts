import { type Clock, iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import type { Collection, Document, Op, Store } from '../store/port.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { type Belongings, countOf, fitting, moveOps } from './belongings.ts';
import { type Address, addresses, type Contact, contacts } from './contact.ts';
import { actorOf, filledBy } from './join.ts';
import { type Joining, joinings } from './joining.ts';

const attempts = 50;
const readAtOnce = 1000;

interface Deps {
  store: Store;
  clock: Clock;
}

async function byIds<T extends Document>(store: Store, from: Collection<T>, ids: readonly string[]): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += readAtOnce)
    found.push(...(await store.getMany(from, ids.slice(at, at + readAtOnce))));
  return found;
}

async function allOf<T extends Document>(store: Store, from: Collection<T>, contactId: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(from, { index: 'by-contact', where: { contactId }, limit: readAtOnce, cursor });
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

const spot = (inboxId: string, name: string): string => `${inboxId}\u0000${name}`;

/** Addresses that went over, and those that turned out since to lead to the same conversations. */
function ownAddresses(moved: ReadonlySet<string>, held: readonly Address[], talks: readonly Conversation[]): Address[] {
  const keys = new Set(talks.map(({ inboxId, key }) => spot(inboxId, key)));
  return held.filter(({ id, inboxId, key }) => moved.has(id) || (key !== null && keys.has(spot(inboxId, key))));
}

/** Conversations that went over, and those that began since at an address that goes back. */
function ownConversations(
  moved: ReadonlySet<string>,
  held: readonly Conversation[],
  back: readonly Address[],
): Conversation[] {
  const places = new Set(back.map(({ inboxId, address }) => spot(inboxId, address)));
  return held.filter(({ id, inboxId, address }) => moved.has(id) || places.has(spot(inboxId, address)));
}

/** Tickets that went over, and those that were opened since in a conversation that goes back. */
function ownTickets(moved: ReadonlySet<string>, held: readonly Ticket[], back: readonly Conversation[]): Ticket[] {
  const talks = new Set(back.map(({ id }) => id));
  return held.filter(
    ({ number, conversationId }) => moved.has(number) || (conversationId !== null && talks.has(conversationId)),
  );
}

/** What the contact that stayed still holds and must give back. */
async function toGiveBack(store: Store, { contactId, moved }: Joining): Promise<Belongings> {
  const movedAddresses = await byIds(store, addresses, moved.addressIds);
  const conversationIds = new Set(moved.conversationIds);
  const all = await allOf(store, conversations, contactId);
  const held = await allOf(store, addresses, contactId);
  const talks = ownConversations(conversationIds, all, movedAddresses);
  const back = ownAddresses(new Set(moved.addressIds), held, talks);
  return {
    addresses: back,
    conversations: talks,
    tickets: ownTickets(new Set(moved.ticketNumbers), await allOf(store, tickets, contactId), talks),
  };
}

/** What the other had told is forgotten again, unless it was changed since. */
const forgotten = (kept: Contact, { before }: Joining): Partial<Contact> =>
  Object.fromEntries(
    Object.entries(filledBy(before.contact, before.other))
      .filter(([field, value]) => kept[field as keyof Contact] === value)
      .map(([field]) => [field, null]),
  );

const finishOps = (kept: Contact, joining: Joining, by: { at: string; agentId: string }): Op[] => [
  { op: 'update', in: contacts, id: kept.id, expect: kept.version, set: forgotten(kept, joining) },
  { op: 'update', in: contacts, id: joining.otherId, when: { joinedTo: kept.id }, set: { joinedTo: null } },
  {
    op: 'update',
    in: joinings,
    id: joining.id,
    expect: joining.version,
    set: { undoneAt: by.at, undoneBy: by.agentId },
  },
];

async function need(store: Store, joiningId: string, contactId: string): Promise<{ joining: Joining; kept: Contact }> {
  const joining = await store.get(joinings, joiningId);
  const kept = await store.get(contacts, contactId);
  if (!joining || !kept || joining.contactId !== contactId)
    throw new WaslError('not-found', 'There is no such joining of this contact.');
  if (!joining.undoneAt && kept.joinedTo)
    throw new WaslError('not-allowed', 'This contact was itself joined to another since: take that back first.');
  return { joining, kept };
}

/**
 * Takes a joining back: what went over goes back, with what came since in the conversations and at the addresses that go
 * back; the rest stays. Where it does not fit into one unit, it goes in steps that may be repeated, the mark last.
 * Taking it back again changes nothing. Rejects with `not-found` or `not-allowed`.
 */
export async function takeBack(
  { store, clock }: Deps,
  joiningId: string,
  by: { contactId: string; agentId: string },
): Promise<{ joining: Joining; isNew: boolean }> {
  for (let attempt = 0; attempt < attempts; ) {
    const { joining, kept } = await need(store, joiningId, by.contactId);
    if (joining.undoneAt) return { joining, isNew: attempt > 0 };
    const all = await toGiveBack(store, joining);
    const found = fitting(all);
    const isLast = countOf(found) === countOf(all);
    const at = iso(clock.now());
    const move = { to: joining.otherId, at, actor: actorOf(by.agentId), cause: keyed(joining.id, 'taken back') };
    const finish = isLast ? finishOps(kept, joining, { at, agentId: by.agentId }) : [];
    const { ok } = await store.write([...moveOps(found, move), ...finish]);
    if (ok && isLast) return { joining: { ...joining, undoneAt: at, undoneBy: by.agentId }, isNew: true };
    attempt = ok ? 0 : attempt + 1;
  }
  throw new WaslError('unavailable', 'Too many changes at once; try again.');
}
