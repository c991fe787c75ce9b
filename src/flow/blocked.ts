import type { Change } from '../store/port.ts';
import type { Place } from './outbox.ts';

/** Conversations that wait for a sending which another process has, each for one. */
export interface Blocked {
  /** A conversation waits for this sending from now on. True where that is news. */
  add(place: Place, deliveryId: string): boolean;
  /** It waits for none. */
  remove(conversationId: string): void;
  /** Counts that a sending for which one waits was seen to be long overdue; gives how often it was. */
  seenOverdue(deliveryId: string): number;
  places(): Place[];
  /** Those that wait for what was changed. */
  concernedBy(changes: readonly Change[]): Place[];
}

interface Waiting {
  place: Place;
  deliveryId: string;
  seenOverdue: number;
}

export function createBlocked(): Blocked {
  const lanes = new Map<string, Waiting>();
  const byDelivery = new Map<string, Waiting>();
  const remove = (conversationId: string): void => {
    const waiting = lanes.get(conversationId);
    if (!waiting) return;
    lanes.delete(conversationId);
    byDelivery.delete(waiting.deliveryId);
  };
  return {
    add(place, deliveryId) {
      if (byDelivery.has(deliveryId)) return false;
      remove(place.conversationId);
      const waiting = { place, deliveryId, seenOverdue: 0 };
      lanes.set(place.conversationId, waiting);
      byDelivery.set(deliveryId, waiting);
      return true;
    },
    remove,
    seenOverdue(deliveryId) {
      const waiting = byDelivery.get(deliveryId);
      if (!waiting) return 0;
      waiting.seenOverdue += 1;
      return waiting.seenOverdue;
    },
    places: () => [...lanes.values()].map(({ place }) => place),
    concernedBy(changes) {
      if (byDelivery.size === 0) return [];
      return changes.flatMap(({ id }) => byDelivery.get(id)?.place ?? []);
    },
  };
}
