import { iso } from '../clock.ts';
import { conversations } from '../conversation/conversation.ts';
import { arrivals } from '../message/arrival.ts';
import { deliveries } from '../message/message.ts';
import type { FlowFigures } from '../metrics.ts';
import type { Store } from '../store/port.ts';
import { tickets } from '../ticket/ticket.ts';

/** What waits at this moment (ms), counted on the indexes. */
export async function figuresOf(store: Store, now: number): Promise<FlowFigures> {
  const due = { index: 'by-next', where: { nextAt: { lte: iso(now) } } };
  const duty = await store.find(tickets, { ...due, limit: 1 });
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
    dutiesDue: await store.count(tickets, due),
    dutiesOldestAt: duty.items[0]?.nextAt ?? null,
  };
}
