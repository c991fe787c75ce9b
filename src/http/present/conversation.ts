import { z } from 'zod';
import { contacts } from '../../contact/contact.ts';
import { type Conversation, conversation } from '../../conversation/conversation.ts';
import type { Store } from '../../store/port.ts';

const person = z.object({
  id: z.string(),
  name: z.string().nullable(),
  entity: z.string().nullable(),
  category: z.string().nullable(),
});

export const conversationReply = conversation
  .omit({ address: true, key: true, dialogue: true, decidedSeq: true, turnDueAt: true })
  .extend({ contact: person.nullable() })
  .meta({ id: 'Conversation' });
export type ConversationReply = z.infer<typeof conversationReply>;

/** Conversations as the API shows them, each with the person in it. */
export async function presentConversations(store: Store, found: readonly Conversation[]): Promise<ConversationReply[]> {
  const ids = [...new Set(found.map(({ contactId }) => contactId))];
  const people = new Map((await store.getMany(contacts, ids)).map((one) => [one.id, one]));
  return found.map(({ address: _a, key: _k, dialogue: _d, decidedSeq: _s, turnDueAt: _t, ...shown }) => {
    const contact = people.get(shown.contactId);
    return { ...shown, contact: contact ? person.parse(contact) : null };
  });
}

/** One conversation as the API shows it. */
export async function presentConversation(store: Store, found: Conversation): Promise<ConversationReply> {
  const [shown] = await presentConversations(store, [found]);
  if (!shown) throw new Error('a conversation was lost while being shown');
  return shown;
}
