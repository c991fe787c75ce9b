import type { InboundMessage } from '../channel/inbound.ts';
import { type Address, addresses, newAddress } from '../contact/contact.ts';
import { keyed } from '../ids.ts';
import type { Op, Store } from '../store/port.ts';

export const addressIdOf = (inboxId: string, address: string): string => keyed('address', inboxId, address);

/** What an event tells of its sender. */
export type Sender = Pick<InboundMessage, 'inboxId' | 'address' | 'identity' | 'displayName' | 'conversationKey'>;

/** Whose message it is. */
export interface Who {
  /** The key of the conversation that it belongs to, before any thread is looked at. */
  key: string;
  /** Null where nobody is known by these addresses. */
  contactId: string | null;
  /** The address that the message came from, as it is known. */
  known: Address | null;
  /** What must be written so that all addresses lead to the given contact; empty where they do. */
  ops(contactId: string, channel: string): Op[];
}

const insert = (sender: Sender, facts: Pick<Address, 'contactId' | 'channel' | 'address'> & Partial<Address>): Op => {
  const { inboxId, displayName = null } = sender;
  const id = addressIdOf(inboxId, facts.address);
  return { op: 'insert', in: addresses, document: newAddress({ id, inboxId, displayName, ...facts }) };
};

const alone = (sender: Sender, known: Address | null): Who => ({
  key: known?.key ?? sender.conversationKey,
  contactId: known?.contactId ?? null,
  known,
  ops: (contactId, channel) => (known ? [] : [insert(sender, { contactId, channel, address: sender.address })]),
});

const update = (address: Address, set: Partial<Omit<Address, 'id' | 'version'>>): Op => ({
  op: 'update',
  in: addresses,
  id: address.id,
  expect: address.version,
  set,
});

/** The address follows the identity: it is added, or goes over from whoever had it before. */
function follow(
  sender: Sender,
  address: Address | null,
  to: { contactId: string; key: string; channel: string },
): Op[] {
  const { identity: owner = null } = sender;
  const { contactId, key, channel } = to;
  if (!address) return [insert(sender, { contactId, channel, key, owner, address: sender.address })];
  const isThere = address.owner === owner && address.contactId === contactId && address.key === key;
  return isThere ? [] : [update(address, { contactId, key, owner })];
}

/**
 * By a sure identity and an address that may change hands: the identity decides. An address known without an identity
 * belongs to whoever comes with it first; one that has another owner does not lead to that owner's conversation (a number
 * given to somebody else must open nobody's tickets).
 */
function joined(sender: Sender, identity: string, found: { identity: Address | null; address: Address | null }): Who {
  const isFree = found.address && (found.address.owner === null || found.address.owner === identity);
  const leads = found.identity ?? (isFree ? found.address : null);
  const fresh = found.address ? identity : sender.conversationKey;
  const key = leads ? (leads.key ?? sender.conversationKey) : fresh;
  return {
    key,
    contactId: leads?.contactId ?? null,
    known: found.address,
    ops: (contactId, channel) => [
      ...(found.identity ? [] : [insert(sender, { contactId, channel, key, owner: identity, address: identity })]),
      ...(identity === sender.address ? [] : follow(sender, found.address, { contactId, key, channel })),
    ],
  };
}

/** Whose message it is, by all that the provider tells of its sender (lessons 13: a phone number is not needed). */
export async function whoIs(store: Store, sender: Sender): Promise<Who> {
  const { inboxId, address, identity } = sender;
  const byAddress = await store.get(addresses, addressIdOf(inboxId, address));
  if (!identity) return alone(sender, byAddress);
  const byIdentity = identity === address ? byAddress : await store.get(addresses, addressIdOf(inboxId, identity));
  return joined(sender, identity, { identity: byIdentity, address: byAddress });
}
