import type { InboundMessage } from '../channel/inbound.ts';
import { keyed } from '../ids.ts';
import { cleanText } from '../language/clean.ts';
import { type Message, messages } from '../message/message.ts';
import type { Store } from '../store/port.ts';

/** A message is edited a few times at most; its edits stand near the end of the conversation. */
const lookedAt = 100;

async function newestWords(store: Store, original: Message): Promise<Message> {
  if (original.editedAt === null) return original;
  const where = { conversationId: original.conversationId, direction: 'inbound' };
  const query = { index: 'by-conversation', where, order: 'desc', limit: lookedAt } as const;
  const { items } = await store.find(messages, query);
  return items.find(({ kind, refersTo }) => kind === 'edit' && refersTo === original.externalId) ?? original;
}

/**
 * The message that has the words of an edit already: a medium that shows a message anew in its newest form tells of an edit
 * that changes nothing. Null where the edit is news.
 */
export async function knownWords(store: Store, event: InboundMessage): Promise<Message | null> {
  if (event.kind !== 'edit' || event.refersTo === undefined || event.attachments.length > 0) return null;
  const original = await store.get(messages, keyed('inbound', event.inboxId, event.refersTo));
  const newest = original && (await newestWords(store, original));
  return newest?.text === cleanText(event.text) ? newest : null;
}

/** A post that was taken back before anybody here knew of it: there is nothing to mark. */
export async function deletesNothing(store: Store, event: InboundMessage): Promise<boolean> {
  if (event.kind !== 'deletion' || event.visibility !== 'public' || event.refersTo === undefined) return false;
  return (await store.get(messages, keyed('inbound', event.inboxId, event.refersTo))) === null;
}
