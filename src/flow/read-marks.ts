import type { Channel, Log } from '../channel/channel.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { type Message, messages } from '../message/message.ts';
import type { Store } from '../store/port.ts';

/** The person's last message; one that no person wrote only where there is no other. */
export async function lastOfPerson(store: Store, conversationId: string): Promise<Message | null> {
  const where = { conversationId, direction: 'inbound' };
  const query = { index: 'by-conversation', where, order: 'desc', limit: 10 } as const;
  const recent = (await store.find(messages, query)).items;
  return recent.find(({ automated }) => automated === 'none') ?? recent[0] ?? null;
}

/** Tells the person that their last message has been read; a courtesy, never relied on. */
export interface ReadMarks {
  mark(conversation: Pick<Conversation, 'id' | 'inboxId' | 'address'>): Promise<void>;
}

/** So many conversations are remembered; beyond it one may be marked again, which harms nobody. */
const remembered = 5_000;

/** Marks each message at most once in the life of this process. */
export function createReadMarks(deps: { store: Store; channels: ReadonlyMap<string, Channel>; log: Log }): ReadMarks {
  const marked = new Map<string, string>();
  const remember = (conversationId: string, messageId: string): void => {
    marked.delete(conversationId);
    marked.set(conversationId, messageId);
    const oldest = marked.size > remembered ? marked.keys().next().value : undefined;
    if (oldest !== undefined) marked.delete(oldest);
  };
  return {
    async mark({ id, inboxId, address }) {
      const channel = deps.channels.get(inboxId);
      if (!channel?.markRead) return;
      try {
        const last = await lastOfPerson(deps.store, id);
        if (!last || marked.get(id) === last.id) return;
        remember(id, last.id);
        await channel.markRead({ address, externalId: last.externalId });
      } catch (error) {
        deps.log.warn({ err: error, conversationId: id }, 'a message could not be marked as read');
      }
    },
  };
}
