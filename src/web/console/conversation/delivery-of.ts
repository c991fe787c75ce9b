import type { Message } from '../api/shapes.ts';

type Delivery = Message['deliveries'][number];

const rungs = ['failed', 'queued', 'sending', 'accepted', 'sent', 'delivered', 'read'] as const;

/** The delivery that says how a message of several parts stands: the one that is furthest behind; null where none is known. */
export const deliveryOf = (deliveries: readonly Delivery[]): Delivery | null =>
  deliveries.reduce<Delivery | null>(
    (worst, one) => (worst && rungs.indexOf(worst.status) <= rungs.indexOf(one.status) ? worst : one),
    null,
  );
