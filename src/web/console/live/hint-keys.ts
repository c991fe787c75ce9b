import type { QueryKey } from '@tanstack/react-query';
import type { Hint } from '../../../realtime/hints.ts';

const everyMs = 400;

const ofConversation = (id: string | undefined): QueryKey[] =>
  id === undefined
    ? []
    : [
        ['messages', id],
        ['decisions', id],
        ['conversation', id],
      ];

/** What a hint makes stale: keys of queries, a key for all that begins with it. */
export function keysOf({ collection, id, conversationId }: Hint): QueryKey[] {
  switch (collection) {
    case 'conversations':
      return [['conversations'], ['conversation', id]];
    case 'messages':
      return [['conversations'], ['ticket-messages'], ...ofConversation(conversationId)];
    case 'deliveries':
      return conversationId === undefined ? [] : [['messages', conversationId], ['ticket-messages']];
    case 'contacts':
      return [['contact', id], ['conversations'], ['conversation']];
    case 'tickets':
      return [['tickets'], ['ticket', id]];
    case 'articles':
      return [['articles'], ['article', id]];
    case 'settings':
      return [['settings']];
    default:
      return [];
  }
}

/** Passes keys on at once where it was quiet, else together every 400 ms: a busy hour must not mean a request a message. */
export function gatherKeys(pass: (key: QueryKey) => void): { take(keys: readonly QueryKey[]): void; stop(): void } {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    if (waiting.size === 0) return;
    const keys = [...waiting.values()];
    waiting.clear();
    for (const key of keys) pass(key);
    timer = setTimeout(flush, everyMs);
  };
  return {
    take(keys) {
      for (const key of keys) waiting.set(JSON.stringify(key), key);
      if (timer === null) flush();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
