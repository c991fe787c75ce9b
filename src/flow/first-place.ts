import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { type Address, addresses, type Contact, contacts, newAddress } from '../contact/contact.ts';
import { whoItIsNow } from '../contact/who-it-is-now.ts';
import { type Conversation, conversations, emptyConversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import type { Op } from '../store/port.ts';
import { tickets } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';
import type { FirstWords } from './flow.ts';
import { addressIdOf } from './identity.ts';
import { newContact } from './receive.ts';
import { need } from './retrying.ts';
import { conversationIdOf } from './thread.ts';
import { addressesOf, conversationsOf } from './ways.ts';

/** Where a first message goes: the conversation that there is, or a new one, and what must be made before it. */
export interface FirstPlace {
  contact: Contact;
  conversation: Conversation;
  ops: Op[];
}

/** Whom we write to, and what is to be found there. */
export interface Whom {
  /** Null for somebody of whom only the number is known. */
  contact: Contact | null;
  phone?: string | undefined;
  subject?: string | null;
  /** The key of a new conversation where each has its own (letters). */
  threadKey: string;
}

const notAllowed = (message: string, reason: string, more: object = {}): WaslError =>
  new WaslError('not-allowed', message, { details: { reason, ...more } });

/** The contact, or the one that it turned out to be. */
async function kept(deps: FlowDeps, id: string): Promise<Contact> {
  const contact = await whoItIsNow(deps.store, await need(deps, contacts, id, 'contact'));
  if (contact) return contact;
  throw new WaslError('not-found', `There is no contact "${id}".`);
}

const addressByPhone = (channel: Channel, phone: string): string => {
  if (channel.capabilities.phones && channel.addressOf) return channel.addressOf(phone);
  throw notAllowed('Over this channel nobody is reached by a phone number.', 'no-phones');
};

/** Whoever is known under a number: by the address that it is in this inbox, else by what they told of themselves. */
async function contactByPhone(deps: FlowDeps, channel: Channel, phone: string): Promise<Contact | null> {
  const { store } = deps;
  const known = await store.get(addresses, addressIdOf(channel.inboxId, addressByPhone(channel, phone)));
  if (known) return kept(deps, known.contactId);
  const { items } = await store.find(contacts, { index: 'by-phone', where: { phone }, limit: 50 });
  return items.find(({ joinedTo }) => joinedTo === null) ?? null;
}

/** Whom an agent means: a contact, else the one of the ticket, else whoever has the number; null for nobody yet known. */
export async function whomOf(
  deps: FlowDeps,
  channel: Channel,
  { contactId, ticketNumber, phone }: FirstWords,
): Promise<Contact | null> {
  if (contactId !== undefined) return kept(deps, contactId);
  if (ticketNumber !== undefined) return kept(deps, (await need(deps, tickets, ticketNumber, 'ticket')).contactId);
  if (phone !== undefined) return contactByPhone(deps, channel, phone);
  throw new WaslError('invalid', 'body: say to whom: a contact, a phone number or a ticket.');
}

/** An address of the contact that nobody wrote from yet: the mail address or the number that they gave. */
function givenAddress(channel: Channel, { email, phone }: Contact): string | null {
  if (channel.capabilities.form === 'letter') return email?.toLowerCase() ?? null;
  return channel.capabilities.phones && phone ? addressByPhone(channel, phone) : null;
}

/** Where the contact is reached in this inbox: of known addresses the one last used, else one given; null where none is. */
export async function addressIn(deps: FlowDeps, channel: Channel, contact: Contact): Promise<string | null> {
  const { inboxId } = channel;
  const known = (await addressesOf(deps, contact.id)).filter((one) => one.inboxId === inboxId);
  const spoken = known.length > 1 ? await conversationsOf(deps, contact.id) : [];
  const last = spoken.find((one) => one.inboxId === inboxId && known.some(({ address }) => address === one.address));
  return last?.address ?? known[0]?.address ?? givenAddress(channel, contact);
}

async function requireAddress(deps: FlowDeps, channel: Channel, { contact, phone }: Whom): Promise<string> {
  if (phone !== undefined) return addressByPhone(channel, phone);
  const found = contact && (await addressIn(deps, channel, contact));
  if (!found) throw notAllowed('No address of this person is known for this channel.', 'no-address');
  return found;
}

function requireOwn(known: Pick<Address, 'contactId'> | null, contact: Contact | null): void {
  if (!known || !contact || known.contactId === contact.id) return;
  const sentence = 'This address belongs to another contact: if both are one person, join them first.';
  throw notAllowed(sentence, 'other-contact', { contactId: known.contactId });
}

const addressOps = (channel: Channel, known: Address | null, facts: Pick<Address, 'contactId' | 'address'>): Op[] => {
  if (known) return [];
  const { inboxId, kind, capabilities } = channel;
  // a chat goes on under the address, whatever else the person comes to be known by
  const key = capabilities.form === 'chat' ? facts.address : null;
  const document = newAddress({
    id: addressIdOf(inboxId, facts.address),
    inboxId,
    channel: kind,
    key,
    ...facts,
  });
  return [{ op: 'insert', in: addresses, document }];
};

/** The contact's conversation under a key of the inbox, or a new one that is to be made. */
async function conversationAt(
  deps: FlowDeps,
  { inboxId, kind }: Channel,
  { contact, address, key, subject }: { contact: Contact; address: string; key: string; subject: string | null },
): Promise<Omit<FirstPlace, 'contact'>> {
  const id = conversationIdOf(inboxId, key);
  const found = await deps.store.get(conversations, id);
  requireOwn(found, contact);
  if (found) return { conversation: found, ops: [] };
  const language = contact.language ?? deps.content.organisation().organisation.defaultLanguage;
  const facts = { id, channel: kind, inboxId, contactId: contact.id, address, key, subject, language };
  const conversation = emptyConversation(iso(deps.clock.now()), facts);
  return { conversation, ops: [{ op: 'insert', in: conversations, document: conversation }] };
}

/**
 * Finds where a first message to somebody goes in an inbox: a chat goes on where there is one, a letter begins a thread.
 * Rejects with `not-allowed` where the person cannot be reached there.
 */
export async function firstPlace(deps: FlowDeps, channel: Channel, whom: Whom): Promise<FirstPlace> {
  const address = await requireAddress(deps, channel, whom);
  const known = await deps.store.get(addresses, addressIdOf(channel.inboxId, address));
  requireOwn(known, whom.contact);
  const contact = whom.contact ?? newContact(deps, { address, phone: whom.phone }, iso(deps.clock.now()));
  const key = channel.capabilities.form === 'chat' ? (known?.key ?? address) : whom.threadKey;
  const { conversation, ops } = await conversationAt(deps, channel, {
    contact,
    address,
    key,
    subject: whom.subject ?? null,
  });
  const made: Op[] = whom.contact ? [] : [{ op: 'insert', in: contacts, document: contact }];
  made.push(...addressOps(channel, known, { contactId: contact.id, address }));
  return { contact, conversation, ops: [...made, ...ops] };
}

/**
 * Where what is told to a number goes. A number that is another contact's address here (two people with one phone, or one
 * person who is known twice) is written to in a conversation beside: what is told to one stands in nobody else's.
 */
export async function placeByPhone(
  deps: FlowDeps,
  channel: Channel,
  contact: Contact,
  phone: string,
): Promise<FirstPlace> {
  const address = addressByPhone(channel, phone);
  const known = await deps.store.get(addresses, addressIdOf(channel.inboxId, address));
  if (!known || known.contactId === contact.id) return firstPlace(deps, channel, { contact, phone, threadKey: '' });
  const key = `${address} ${contact.id}`;
  return { contact, ...(await conversationAt(deps, channel, { contact, address, key, subject: null })) };
}
