import { z } from 'zod';
import type { Principal } from '../../agent/principal.ts';
import { may } from '../../agent/roles.ts';
import { contacts } from '../../contact/contact.ts';
import { type Conversation, conversation } from '../../conversation/conversation.ts';
import type { Store } from '../../store/port.ts';
import { hiddenTickets } from './hidden-tickets.ts';

const person = z.object({
  id: z.string(),
  name: z.string().nullable(),
  entity: z.string().nullable(),
  category: z.string().nullable(),
});

export const conversationReply = conversation
  .omit({ address: true, key: true, dialogue: true, decidedSeq: true, turnDueAt: true, topic: true })
  .extend({
    contact: person.nullable(),
    /** Of letters: the address that an answer goes to, for those who work with people. */
    recipient: z.string().nullable(),
  })
  .meta({ id: 'Conversation' });
export type ConversationReply = z.infer<typeof conversationReply>;

/** What a conversation tells of tickets that must not be known: nothing, and no last words that may be about them. */
function veil<T extends Pick<Conversation, 'ticketNumbers' | 'openTicket' | 'preview' | 'subject'>>(
  shown: T,
  hidden: ReadonlySet<string>,
): T {
  const ticketNumbers = shown.ticketNumbers.filter((number) => !hidden.has(number));
  if (ticketNumbers.length === shown.ticketNumbers.length) return shown;
  const openTicket = shown.openTicket && hidden.has(shown.openTicket) ? null : shown.openTicket;
  return { ...shown, ticketNumbers, openTicket, preview: '', subject: null };
}

/** Conversations as the API shows them to this principal, each with the person in it. */
export async function presentConversations(
  store: Store,
  by: Principal,
  found: readonly Conversation[],
): Promise<ConversationReply[]> {
  const ids = [...new Set(found.map(({ contactId }) => contactId))];
  const people = new Map((await store.getMany(contacts, ids)).map((one) => [one.id, one]));
  const numbers = found.flatMap(({ ticketNumbers }) => ticketNumbers);
  const hidden = await hiddenTickets(store, by, numbers);
  const mayWrite = may(by.role, 'contacts.full');
  return found.map(({ address, key: _k, dialogue: _d, decidedSeq: _s, turnDueAt: _t, topic: _o, ...shown }) => {
    const contact = people.get(shown.contactId);
    const recipient = mayWrite && shown.subject !== null ? address : null;
    return { ...veil(shown, hidden), recipient, contact: contact ? person.parse(contact) : null };
  });
}

/** One conversation as the API shows it to this principal. */
export async function presentConversation(
  store: Store,
  by: Principal,
  found: Conversation,
): Promise<ConversationReply> {
  const [shown] = await presentConversations(store, by, [found]);
  if (!shown) throw new Error('a conversation was lost while being shown');
  return shown;
}
