import type { History, HistoryMessage } from '../channel/channel.ts';
import { conversations } from '../conversation/conversation.ts';
import { type Delivery, deliveries, type Message, messages } from '../message/message.ts';
import type { Store } from '../store/port.ts';

const shown = (message: Message, unconfirmed: Delivery | undefined): HistoryMessage => ({
  id: message.id,
  seq: message.seq,
  direction: message.direction,
  author: message.author,
  text: message.text,
  ...(message.html ? { html: message.html } : {}),
  quickReplies: message.quickReplies,
  attachments: message.attachments,
  at: message.sentAt,
  deliveryId: unconfirmed?.id ?? null,
});

const reached = new Set(['delivered', 'read']);

/** Our messages among these that nobody confirmed yet, by message. */
const unconfirmed = async (store: Store, all: Message[]): Promise<Map<string, Delivery>> => {
  const ids = all.filter((message) => message.direction === 'outbound').map((message) => message.id);
  if (ids.length === 0) return new Map();
  const page = await store.find(deliveries, { index: 'by-message', where: { messageId: { in: ids } }, limit: 1000 });
  return new Map(page.items.filter((one) => !reached.has(one.status)).map((one) => [one.messageId, one]));
};

const recent = async (store: Store, conversationId: string, limit: number): Promise<Message[]> => {
  const query = { index: 'by-conversation', where: { conversationId }, order: 'desc', limit } as const;
  return (await store.find(messages, query)).items.reverse();
};

/** Everything after a message, oldest first, page by page. */
const since = async (store: Store, conversationId: string, seq: number): Promise<Message[]> => {
  const where = { conversationId, seq: { gt: seq } };
  return (await store.find(messages, { index: 'by-conversation', where, order: 'asc', limit: 500 })).items;
};

/** How far back an unconfirmed message is looked for. */
const lookBack = 50;

/**
 * What a person missed, in order: all after the message that they have last, and ours that were never confirmed.
 * Without (or with an unknown) `after`, the last `limit` messages of both sides.
 */
export async function historyOf(
  store: Store,
  conversationId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<History> {
  const conversation = await store.get(conversations, conversationId);
  if (!conversation) return { conversationId: null, handledBy: null, messages: [] };
  const last = after ? await store.get(messages, after) : null;
  const known = last?.conversationId === conversationId ? last : null;
  const before = await recent(store, conversationId, known ? lookBack : limit);
  const missed = known ? await since(store, conversationId, known.seq) : before;
  const all = new Map([...before, ...missed].map((message) => [message.id, message]));
  const open = await unconfirmed(store, [...all.values()]);
  const wanted = [...all.values()].filter((message) => !known || message.seq > known.seq || open.has(message.id));
  wanted.sort((a, b) => a.seq - b.seq);
  return {
    conversationId,
    handledBy: conversation.handledBy,
    messages: wanted.map((message) => shown(message, open.get(message.id))),
  };
}
