import { z } from 'zod';
import { agents } from '../../agent/agent.ts';
import { type Delivery, deliveries, delivery, type Message, message } from '../../message/message.ts';
import type { Store } from '../../store/port.ts';

const deliveryReply = delivery.pick({ status: true, externalId: true, at: true, error: true });

export const messageReply = message
  .omit({ version: true, contactId: true, inboxId: true, raw: true })
  .extend({ agentName: z.string().nullable(), deliveries: z.array(deliveryReply) })
  .meta({ id: 'Message' });
export type MessageReply = z.infer<typeof messageReply>;

async function deliveriesOf(store: Store, ids: readonly string[]): Promise<Map<string, Delivery[]>> {
  const all: Delivery[] = [];
  let cursor: string | undefined;
  if (ids.length === 0) return new Map();
  do {
    const where = { messageId: { in: ids } };
    const page = await store.find(deliveries, { index: 'by-message', where, limit: 1000, cursor });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return Map.groupBy(all, ({ messageId }) => messageId);
}

async function agentNames(store: Store, found: readonly Message[]): Promise<Map<string, string>> {
  const ids = [...new Set(found.flatMap(({ agentId }) => agentId ?? []))];
  return new Map((await store.getMany(agents, ids)).map(({ id, name }) => [id, name]));
}

/** Messages as the API shows them, each with its deliveries in the order of their parts. */
export async function presentMessages(store: Store, found: readonly Message[]): Promise<MessageReply[]> {
  const outbound = found.filter(({ direction }) => direction === 'outbound').map(({ id }) => id);
  const [sendings, names] = await Promise.all([deliveriesOf(store, outbound), agentNames(store, found)]);
  return found.map(({ version: _v, contactId: _c, inboxId: _i, raw: _r, ...shown }) => ({
    ...shown,
    agentName: (shown.agentId && names.get(shown.agentId)) || null,
    deliveries: (sendings.get(shown.id) ?? []).map(({ status, externalId, at, error }) => ({
      status,
      externalId,
      at,
      error,
    })),
  }));
}

/** One message as the API shows it. */
export async function presentMessage(store: Store, found: Message): Promise<MessageReply> {
  const [shown] = await presentMessages(store, [found]);
  if (!shown) throw new Error('a message was lost while being shown');
  return shown;
}
