import type { Clock } from '../clock.ts';
import { deliveries, messages } from '../message/message.ts';
import type { Change, Store } from '../store/port.ts';
import { tickets } from '../ticket/ticket.ts';

/** That something changed, and where to look; never what it says now. */
export interface Hint {
  collection: string;
  id: string;
  kind: Change['kind'];
  /** Of a message or a delivery. */
  conversationId?: string;
}

/** A hint and who may have it. */
export interface Addressed {
  hint: Hint;
  /** Null: nobody in particular, so all who see this collection. */
  onlyFor: { assigneeId: string | null } | null;
}

/** The collections whose changes a console is told of. */
export const hintedCollections = new Set([
  'contacts',
  'conversations',
  'deliveries',
  'messages',
  'tickets',
  'articles',
  'settings',
]);

const idsOf = (changes: readonly Change[], collection: string): string[] =>
  changes.filter((one) => one.collection === collection).map(({ id }) => id);

async function conversationIds(store: Store, changes: readonly Change[]): Promise<Map<string, string>> {
  const [written, sent] = await Promise.all([
    store.getMany(messages, idsOf(changes, 'messages')),
    store.getMany(deliveries, idsOf(changes, 'deliveries')),
  ]);
  return new Map([...written, ...sent].map(({ id, conversationId }) => [id, conversationId]));
}

async function restrictedAssignees(store: Store, changes: readonly Change[]): Promise<Map<string, string | null>> {
  const changed = await store.getMany(tickets, idsOf(changes, 'tickets'));
  return new Map(changed.filter(({ restricted }) => restricted).map(({ id, assigneeId }) => [id, assigneeId]));
}

/** Changes as hints; at most 1000 at once. A restricted ticket's hint is for those alone who may see it (EX-01). */
export async function hintsOf(store: Store, changes: readonly Change[]): Promise<Addressed[]> {
  const [homes, restricted] = await Promise.all([conversationIds(store, changes), restrictedAssignees(store, changes)]);
  return changes.map(({ collection, id, kind }) => {
    const conversationId = homes.get(id);
    const assigneeId = collection === 'tickets' ? restricted.get(id) : undefined;
    return {
      hint: { collection, id, kind, ...(conversationId ? { conversationId } : {}) },
      onlyFor: assigneeId === undefined ? null : { assigneeId },
    };
  });
}

const batchMs = 100;
const batchMax = 500;

/**
 * Gathers changes and passes them on at most ten times a second, the last kind for each document. Gives a function that
 * takes changes, and one that stops.
 */
export function gatherChanges(
  clock: Clock,
  pass: (changes: readonly Change[]) => void,
): { take(changes: readonly Change[]): void; stop(): void } {
  const waiting = new Map<string, Change>();
  let cancel: (() => void) | null = null;
  const flush = (): void => {
    cancel = null;
    const all = [...waiting.values()];
    waiting.clear();
    for (let start = 0; start < all.length; start += batchMax) pass(all.slice(start, start + batchMax));
  };
  return {
    take(changes) {
      for (const change of changes) {
        if (!hintedCollections.has(change.collection)) continue;
        const key = `${change.collection}/${change.id}`;
        const before = waiting.get(key);
        waiting.set(key, before?.kind === 'insert' && change.kind === 'update' ? before : change);
      }
      if (waiting.size > 0) cancel ??= clock.after(batchMs, flush);
    },
    stop() {
      cancel?.();
    },
  };
}
