import type { InboundMessage } from '../channel/inbound.ts';
import { contacts } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Op, Store } from '../store/port.ts';
import type { Who } from './identity.ts';

interface Owner {
  who: Who;
  /** Whose message it is; null for somebody who is made with it, and has the number from birth. */
  contactId: string | null;
  /** Their conversation as it was. */
  conversation: Conversation | null;
}

const digits = (text: string): string => text.replace(/\D/g, '');

/** Theirs is what the provider vouches for: where none was known, or the one known was the address they have left. */
async function ownOps(store: Store, phone: string, { who, contactId, conversation }: Owner): Promise<Op[]> {
  if (contactId === null) return [];
  const left = conversation && digits(conversation.address);
  const isNews = who.ops(contactId, '').length > 0 || left !== digits(phone);
  const contact = isNews ? await store.get(contacts, contactId) : null;
  if (!contact || contact.phone === phone) return [];
  const isFree = contact.phone === null || digits(contact.phone) === left;
  return isFree ? [{ op: 'update', in: contacts, id: contact.id, set: { phone } }] : [];
}

/** Whoever had the number before has it no more: nothing of theirs may go to it. */
async function formerOps(store: Store, phone: string, { who, contactId }: Owner): Promise<Op[]> {
  const formerId = who.known?.contactId;
  if (!formerId || formerId === contactId) return [];
  const former = await store.get(contacts, formerId);
  return former?.phone === phone ? [{ op: 'update', in: contacts, id: former.id, set: { phone: null } }] : [];
}

/** What a message changes of whose number is which. */
export async function phoneOps(store: Store, { phone }: Pick<InboundMessage, 'phone'>, owner: Owner): Promise<Op[]> {
  if (phone === undefined) return [];
  return [...(await ownOps(store, phone, owner)), ...(await formerOps(store, phone, owner))];
}
