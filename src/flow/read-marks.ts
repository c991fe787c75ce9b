import type { Channel, Log } from '../channel/channel.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { type Message, messages, quietKinds } from '../message/message.ts';
import type { Store } from '../store/port.ts';

/** The person's last message; one that no person wrote only where there is no other. */
export async function lastOfPerson(store: Store, conversationId: string): Promise<Message | null> {
  const where = { conversationId, direction: 'inbound' };
  const query = { index: 'by-conversation', where, order: 'desc', limit: 10 } as const;
  const recent = (await store.find(messages, query)).items;
  return recent.find(({ automated }) => automated === 'none') ?? recent[0] ?? null;
}

/** The person's last public post that is still there, and that the medium lets be answered where one of them can be. */
export async function lastPost(store: Store, conversationId: string): Promise<Message | null> {
  const where = { conversationId, direction: 'inbound' };
  const query = { index: 'by-conversation', where, order: 'desc', limit: 50 } as const;
  const { items } = await store.find(messages, query);
  const there = items.filter(({ kind, deletedAt }) => !quietKinds.has(kind) && deletedAt === null);
  return there.find(({ answerable, automated }) => answerable !== false && automated === 'none') ?? there[0] ?? null;
}

/** Tells people that their last message has been read; a courtesy, never relied on. */
export interface ReadMarks {
  mark(conversation: Pick<Conversation, 'id' | 'inboxId' | 'address'>): void;
  idle(): Promise<void>;
}

/** So many conversations are remembered; beyond it one may be marked again, which harms nobody. */
const remembered = 5_000;

/** The last message that was marked in each conversation. */
function createMarked() {
  const marked = new Map<string, string>();
  return {
    /** True where it is news. */
    add(conversationId: string, messageId: string): boolean {
      if (marked.get(conversationId) === messageId) return false;
      marked.delete(conversationId);
      marked.set(conversationId, messageId);
      const oldest = marked.size > remembered ? marked.keys().next().value : undefined;
      if (oldest !== undefined) marked.delete(oldest);
      return true;
    },
  };
}

/** Marks each message at most once in the life of this process. */
export function createReadMarks(deps: { store: Store; channels: ReadonlyMap<string, Channel>; log: Log }): ReadMarks {
  const marked = createMarked();
  const inHand = new Set<Promise<void>>();
  const tell = async (channel: Channel, { id, address }: { id: string; address: string }): Promise<void> => {
    const last = await lastOfPerson(deps.store, id);
    if (last && marked.add(id, last.id)) await channel.markRead?.({ address, externalId: last.externalId });
  };
  return {
    mark(conversation) {
      const channel = deps.channels.get(conversation.inboxId);
      if (!channel?.markRead) return;
      const done = tell(channel, conversation)
        .catch((error: unknown) =>
          deps.log.warn({ err: error, conversationId: conversation.id }, 'a message could not be marked as read'),
        )
        .finally(() => inHand.delete(done));
      inHand.add(done);
    },
    async idle() {
      await Promise.all(inHand);
    },
  };
}
