import type { DeliveryStatus } from '../../src/channel/inbound.ts';

/** WhatsApp's marks on a message of ours: the clock, one tick, two, two blue ones, a voice note that was played. */
const statuses: Readonly<Record<string, DeliveryStatus>> = {
  '-1': 'failed',
  0: 'queued',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'read',
};

/** The status that a mark stands for; null for one that we do not know. */
export const statusOf = (ack: unknown): DeliveryStatus | null => statuses[String(ack)] ?? null;
