import { type Clock, iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import type { Op, Store } from '../store/port.ts';
import type { Actor } from '../ticket/events.ts';
import { type Belongings, belongingsOf, countOf, moveOps } from './belongings.ts';
import { type Contact, contacts } from './contact.ts';
import { type Joining, joinings } from './joining.ts';

const attempts = 50;

interface Deps {
  store: Store;
  clock: Clock;
}

/** Two contacts that are one person: `otherId` turned out to be `contactId`, who stays. */
export interface Pair {
  contactId: string;
  otherId: string;
}

/** How it was proved that two contacts are one person, and who says so. */
export type Proof = Pick<Joining, 'proof' | 'agentId'>;

/** What the contact that stays learns from the other, where it knew nothing itself. */
const learned = ['name', 'entity', 'category', 'language', 'phone', 'email'] as const;

/** The fields of the one that stays that the other fills. */
export const filledBy = (kept: Contact, other: Contact): Partial<Contact> =>
  Object.fromEntries(
    learned.filter((field) => kept[field] === null && other[field] !== null).map((field) => [field, other[field]]),
  );

const refused = (message: string): WaslError => new WaslError('not-allowed', message);

/** Both contacts, where they can become one. Rejects with `not-found` or `not-allowed` in a sentence. */
export async function joinable(store: Store, { contactId, otherId }: Pair): Promise<{ kept: Contact; other: Contact }> {
  const [kept, other] = [await store.get(contacts, contactId), await store.get(contacts, otherId)];
  if (!kept || !other) throw new WaslError('not-found', 'There is no such contact.');
  if (contactId === otherId) throw refused('A contact cannot be joined with itself.');
  if (kept.joinedTo) throw refused('This contact was itself joined to another: join the other one to that.');
  if (other.joinedTo) throw refused('The other contact was joined to somebody before: take that back first.');
  return { kept, other };
}

/** Who is named for it in ledgers. */
export const actorOf = (agentId: string | null): Actor =>
  agentId ? { kind: 'agent', id: agentId } : { kind: 'system', id: null };

const namesOf = (found: Belongings): Joining['moved'] => ({
  addressIds: found.addresses.map(({ id }) => id),
  conversationIds: found.conversations.map(({ id }) => id),
  ticketNumbers: found.tickets.map(({ number }) => number),
});

const joiningOf = ({ kept, other }: { kept: Contact; other: Contact }, proof: Proof, at: string): Joining => ({
  id: keyed('joining', kept.id, other.id, other.version),
  version: 1,
  contactId: kept.id,
  otherId: other.id,
  proof: proof.proof,
  agentId: proof.agentId,
  at,
  before: { contact: kept, other },
  moved: { addressIds: [], conversationIds: [], ticketNumbers: [] },
  undoneAt: null,
  undoneBy: null,
});

/**
 * The unit that makes two contacts one: both are changed under their versions, so that two joinings at the same moment
 * cannot make a circle, and what belongs to the other goes over as far as it fits. `joinRest` moves what does not.
 */
export async function planJoining(
  { store, clock }: Deps,
  pair: Pair,
  proof: Proof,
): Promise<{ ops: Op[]; joining: Joining }> {
  const both = await joinable(store, pair);
  const { kept, other } = both;
  const at = iso(clock.now());
  const found = await belongingsOf(store, other.id);
  const joining = { ...joiningOf(both, proof, at), moved: namesOf(found) };
  const move = { to: kept.id, at, actor: actorOf(proof.agentId), cause: joining.id };
  return {
    joining,
    ops: [
      { op: 'insert', in: joinings, document: joining },
      { op: 'update', in: contacts, id: kept.id, expect: kept.version, set: filledBy(kept, other) },
      { op: 'update', in: contacts, id: other.id, expect: other.version, set: { joinedTo: kept.id } },
      ...moveOps(found, move),
    ],
  };
}

const withMore = ({ moved }: Joining, found: Belongings): Joining['moved'] => {
  const more = namesOf(found);
  return {
    addressIds: [...moved.addressIds, ...more.addressIds],
    conversationIds: [...moved.conversationIds, ...more.conversationIds],
    ticketNumbers: [...moved.ticketNumbers, ...more.ticketNumbers],
  };
};

/** One step more: true where something may still be left. */
async function moveSome({ store, clock }: Deps, joiningId: string): Promise<'done' | 'moved' | 'changed'> {
  const joining = await store.get(joinings, joiningId);
  if (!joining || joining.undoneAt) return 'done';
  const found = await belongingsOf(store, joining.otherId);
  if (countOf(found) === 0) return 'done';
  const move = { to: joining.contactId, at: iso(clock.now()), actor: actorOf(joining.agentId), cause: joining.id };
  const set = { moved: withMore(joining, found) };
  const note: Op = { op: 'update', in: joinings, id: joining.id, expect: joining.version, set };
  const { ok } = await store.write([...moveOps(found, move), note]);
  return ok ? 'moved' : 'changed';
}

/** Moves what did not fit into the unit of a joining, or came to the other contact meanwhile. May be repeated. */
export async function joinRest(deps: Deps, joiningId: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; ) {
    const outcome = await moveSome(deps, joiningId);
    if (outcome === 'done') return;
    attempt = outcome === 'moved' ? 0 : attempt + 1;
  }
  throw new WaslError('unavailable', 'Too many changes at once; join them again.');
}

/** The joining of the same two that is in force. */
async function joinedBefore(store: Store, { contactId, otherId }: Pair): Promise<Joining | null> {
  const other = await store.get(contacts, otherId);
  if (other?.joinedTo !== contactId) return null;
  const query = { index: 'by-other', where: { otherId }, order: 'desc', limit: 50 } as const;
  const found = (await store.find(joinings, query)).items;
  return found.find((one) => one.contactId === contactId && one.undoneAt === null) ?? null;
}

const stale = (kept: Contact | null, version: number | undefined): boolean =>
  kept !== null && version !== undefined && kept.version !== version;

/**
 * Joins two contacts. Joining the same two again changes nothing and finishes what a crash may have left. Rejects with
 * `not-found`, `not-allowed` (itself, or one of them is joined already) or `conflict` (stale version, with the contact).
 */
export async function join(
  deps: Deps,
  pair: Pair,
  { version, ...proof }: Proof & { version?: number | undefined },
): Promise<{ joining: Joining; isNew: boolean }> {
  const { store } = deps;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await joinedBefore(store, pair);
    if (before) {
      await joinRest(deps, before.id);
      return { joining: before, isNew: false };
    }
    const current = await store.get(contacts, pair.contactId);
    if (stale(current, version))
      throw new WaslError('conflict', 'It was changed meanwhile; look at it again.', { details: { current } });
    const { ops, joining } = await planJoining(deps, pair, proof);
    if (!(await store.write(ops)).ok) continue;
    await joinRest(deps, joining.id);
    return { joining, isNew: true };
  }
  throw new WaslError('unavailable', 'Too many changes at once; try again.');
}
