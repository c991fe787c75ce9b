import { alerts } from '../alert/alert.ts';
import type { Clock } from '../clock.ts';
import { deliveries, messages } from '../message/message.ts';
import type { Change, Store } from '../store/port.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';

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
  /** Agents by id, beside those who see everything of the kind; null: nobody in particular, so all who see this collection. */
  onlyFor: readonly string[] | null;
  /** Agents by id from whom it is kept, whatever they may see. */
  notFor: readonly string[];
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
  'alerts',
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

type Readers = Pick<Addressed, 'onlyFor' | 'notFor'>;

const everybody: Readers = { onlyFor: null, notFor: [] };
const nobody: Readers = { onlyFor: [], notFor: [] };

/** Who may hear of a ticket (EX-01). */
const readersOfTicket = ({ restricted, assigneeId, visibleTo, hiddenFrom }: Ticket): Readers => ({
  onlyFor: restricted ? [...visibleTo, ...(assigneeId === null ? [] : [assigneeId])] : null,
  notFor: hiddenFrom,
});

async function readersOfTickets(store: Store, changes: readonly Change[]): Promise<Map<string, Readers>> {
  const changed = await store.getMany(tickets, idsOf(changes, 'tickets'));
  return new Map(changed.map((one) => [one.id, readersOfTicket(one)]));
}

/** An alert is its agent's alone. */
async function readersOfAlerts(store: Store, changes: readonly Change[]): Promise<Map<string, Readers>> {
  const changed = await store.getMany(alerts, idsOf(changes, 'alerts'));
  return new Map(changed.map(({ id, agentId }) => [id, { onlyFor: [agentId], notFor: [] }]));
}

/** Changes as hints; at most 1000 at once. A ticket's hint is for those alone who may see it (EX-01). */
export async function hintsOf(store: Store, changes: readonly Change[]): Promise<Addressed[]> {
  const [homes, ofTickets, ofAlerts] = await Promise.all([
    conversationIds(store, changes),
    readersOfTickets(store, changes),
    readersOfAlerts(store, changes),
  ]);
  const readersOf = ({ collection, id }: Change): Readers => {
    if (collection === 'alerts') return ofAlerts.get(id) ?? nobody;
    return (collection === 'tickets' ? ofTickets.get(id) : undefined) ?? everybody;
  };
  return changes.map((change) => {
    const { collection, id, kind } = change;
    const conversationId = homes.get(id);
    return {
      hint: { collection, id, kind, ...(conversationId ? { conversationId } : {}) },
      ...readersOf(change),
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
