import { iso } from '../clock.ts';
import { conversations } from '../conversation/conversation.ts';
import type { Delivery } from '../message/message.ts';
import type { FlowDeps } from './deps.ts';

/**
 * The provider said of a sending that the reply window is closed: it knows better than our reckoning, unless the person has
 * written since.
 */
export async function believeClosed(
  { store, clock }: Pick<FlowDeps, 'store' | 'clock'>,
  { conversationId, at }: Pick<Delivery, 'conversationId' | 'at'>,
): Promise<void> {
  const conversation = await store.get(conversations, conversationId);
  const now = iso(clock.now());
  if (!conversation?.replyUntil || conversation.replyUntil <= now || (conversation.lastInboundAt ?? '') > at) return;
  const { id, version: expect } = conversation;
  await store.write([{ op: 'update', in: conversations, id, expect, set: { replyUntil: now } }]);
}
