import { conversations } from '../conversation/conversation.ts';
import { arrivals } from '../message/arrival.ts';
import { deliveries } from '../message/message.ts';
import type { FlowFigures } from '../metrics.ts';
import type { Store } from '../store/port.ts';

/** What waits at this moment, counted on the indexes. */
export async function figuresOf(store: Store): Promise<FlowFigures> {
  const sending = await store.find(deliveries, { index: 'by-due', where: {}, limit: 1 });
  const post = await store.find(arrivals, { index: 'by-due', where: {}, limit: 1 });
  return {
    outboxOpen: await store.count(deliveries, { index: 'by-due', where: {} }),
    outboxOldestAt: sending.items[0]?.at ?? null,
    turnsWaiting: await store.count(conversations, { index: 'by-turn-due', where: {} }),
    deadLetters: await store.count(deliveries, { index: 'by-status', where: { status: 'failed' } }),
    arrivalsWaiting: await store.count(arrivals, { index: 'by-due', where: {} }),
    arrivalsOldestAt: post.items[0]?.at ?? null,
    arrivalsOdd: await store.count(arrivals, { index: 'by-odd', where: {} }),
  };
}
