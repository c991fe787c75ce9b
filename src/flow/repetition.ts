import { iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { type Message, messages } from '../message/message.ts';
import type { Repetition } from './context.ts';
import type { FlowDeps } from './deps.ts';

/** So many of our last letters are looked at for a loop. */
export const loopWindow = 16;
const hourMs = 3_600_000;

/** What would tell that we answer a machine; only where letters are written, since there no connection ends a loop. */
export async function repetitionOf(
  { store, clock }: FlowDeps,
  { conversation, said, all }: { conversation: Conversation; said: Message[]; all: Message[] },
): Promise<Repetition> {
  const now = clock.now();
  const [hourAgo, dayAgo] = [iso(now - hourMs), iso(now - 24 * hourMs)];
  const ours = said.filter(({ author }) => author !== 'agent');
  const { inboxId, address, contactId } = conversation;
  const active = { inboxId, address, lastMessageAt: { gte: hourAgo } };
  const fingerprint = all.findLast((message) => message.fingerprint !== null)?.fingerprint ?? null;
  const own = new Set(all.map(({ id }) => id));
  const where = { inboxId, fingerprint: fingerprint ?? '', receivedAt: { gte: dayAgo } };
  const found = fingerprint
    ? (await store.find(messages, { index: 'by-fingerprint', where, order: 'desc', limit: 20 })).items
    : [];
  const same = found.filter(({ id }) => !own.has(id));
  const claims = all.findLast((message) => message.claims !== null)?.claims ?? null;
  const claiming = { claims: claims ?? '', receivedAt: { gte: dayAgo } };
  const seen = { inboxId, address, lastMessageAt: { gte: dayAgo } };
  return {
    conversationsInDay: await store.count(conversations, { index: 'by-address', where: seen }),
    sameClaim: claims ? await store.count(messages, { index: 'by-claim', where: claiming }) : 0,
    answersInHour: ours.filter(({ sentAt }) => sentAt >= hourAgo).length,
    answersInDay: ours.filter(({ sentAt }) => sentAt >= dayAgo).length,
    conversationsInHour: await store.count(conversations, { index: 'by-address', where: active }),
    sameOfSender: same.filter((message) => message.contactId === contactId).length,
    sameOfAnybody: same.filter(({ receivedAt }) => receivedAt >= hourAgo).length,
  };
}
