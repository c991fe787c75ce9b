import { z } from 'zod';
import { deliveryStatus, deliveryStatuses } from '../../channel/inbound.ts';
import { type Delivery, deliveries } from '../../message/message.ts';
import { type Notice, notice, noticeTry } from '../../notice/notice.ts';
import type { Store } from '../../store/port.ts';

export const noticeReply = notice
  .pick({ id: true, ticketNumber: true, kind: true, state: true, dueAt: true, cost: true, at: true })
  .extend({
    tried: z.array(
      noticeTry.extend({
        failure: z.string().nullable(),
        /** How far it is; null where it was never sent. */
        status: deliveryStatus.nullable(),
      }),
    ),
  })
  .meta({ id: 'Notice' });
export type NoticeReply = z.infer<typeof noticeReply>;

/** A message is as far as the part of it that is the least far; lost where one of them is. */
function statusOf(sendings: readonly Delivery[]): Delivery['status'] | null {
  const found = sendings.map(({ status }) => status);
  return found.includes('failed') ? 'failed' : (deliveryStatuses.find((status) => found.includes(status)) ?? null);
}

/** Notices as the API shows them: how each was told, and how far that came. No address or number is among it. */
export async function presentNotices(store: Store, found: readonly Notice[]): Promise<NoticeReply[]> {
  const ids = found.flatMap(({ messageIds }) => messageIds);
  const query = { index: 'by-message', where: { messageId: { in: ids } }, limit: 1000 } as const;
  const sendings = ids.length > 0 ? (await store.find(deliveries, query)).items : [];
  const byMessage = Map.groupBy(sendings, ({ messageId }) => messageId);
  return found.map(({ id, ticketNumber, kind, state, dueAt, cost, at, tried }) => ({
    id,
    ticketNumber,
    kind,
    state,
    dueAt,
    cost,
    at,
    tried: tried.map((one) => ({
      ...one,
      failure: one.failure ?? null,
      status: statusOf(byMessage.get(one.messageId) ?? []),
    })),
  }));
}
