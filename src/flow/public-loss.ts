import { iso } from '../clock.ts';
import { type Conversation, conversations, type Decision, decisions } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { type Delivery, messages } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { postDeleted } from './public-delivery.ts';

type Deps = Pick<FlowDeps, 'store' | 'clock'>;

/** The person waits for an answer that will not come: people are called, and the thread counts as not answered. */
function toPeople(conversation: Conversation, at: string): Op {
  const { id, version: expect, matter } = conversation;
  const notAnswered = matter ? { matter: { ...matter, repliedAt: null } } : {};
  const set = { handledBy: 'nobody', waitingSince: conversation.waitingSince ?? at, ...notAnswered } as const;
  return { op: 'update', in: conversations, id, expect, set };
}

/** Why people were called, for them to read. */
function whyOp(conversation: Conversation, delivery: Delivery, at: string): Op {
  const document: Decision = {
    id: keyed('lost', delivery.id),
    version: 1,
    conversationId: conversation.id,
    messageIds: [],
    at,
    language: conversation.language ?? 'ar',
    reasons: [
      `public: the answer could not be published, so people are called. ${delivery.error?.message ?? ''}`.trim(),
    ],
    actions: [],
  };
  return { op: 'insert', in: decisions, document, onDuplicate: 'keep' };
}

/**
 * What follows where a public answer will never be there: of the assistant's people are called, unless its post was
 * deleted. False in a private conversation.
 */
export async function losePublicly(deps: Deps, delivery: Delivery): Promise<boolean> {
  const { store, clock } = deps;
  const conversation = await store.get(conversations, delivery.conversationId);
  if (conversation?.visibility !== 'public') return false;
  const lost = await store.get(messages, delivery.messageId);
  const isOurs = lost?.author === 'assistant' && conversation.handledBy === 'assistant';
  if (!isOurs || delivery.error?.message === postDeleted.message) return true;
  const at = iso(clock.now());
  await store.write([toPeople(conversation, at), whyOp(conversation, delivery, at)]);
  return true;
}
