import type { InboundMessage } from '../channel/inbound.ts';
import { iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { deliveryCalled, messageCalled } from '../message/by-external-id.ts';
import { deliveries } from '../message/message.ts';
import { tickets } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';

/** After so long, an equal subject alone no longer says that a letter goes on with an earlier one. */
const subjectCountsMs = 30 * 86_400_000;
const mostReferences = 20;

export const conversationIdOf = (inboxId: string, key: string): string => keyed('conversation', inboxId, key);

type Deps = Pick<FlowDeps, 'store' | 'content' | 'clock'>;

const isOurs = (conversation: Conversation | null, event: InboundMessage): conversation is Conversation =>
  conversation?.inboxId === event.inboxId && conversation.address === event.address;

/** The conversation of one of our own sendings, by the id that the provider gave it or by ours. */
async function ofDelivery({ store }: Deps, { inboxId }: InboundMessage, id: string): Promise<string | null> {
  const own = (await deliveryCalled(store, { inboxId, externalId: id })) ?? (await store.get(deliveries, id));
  return own?.inboxId === inboxId ? own.conversationId : null;
}

async function ofMessage({ store }: Deps, { inboxId }: InboundMessage, id: string): Promise<string | null> {
  return (await messageCalled(store, { inboxId, externalId: id }))?.conversationId ?? null;
}

/** What a signal leads to: the sender's own conversation, or somebody else's, which stays closed to them. */
interface Lead {
  own: Conversation | null;
  foreign: Conversation | null;
}

const nowhere: Lead = { own: null, foreign: null };

const leadTo = (conversation: Conversation | null, event: InboundMessage): Lead => {
  if (conversation?.inboxId !== event.inboxId) return nowhere;
  return isOurs(conversation, event) ? { own: conversation, foreign: null } : { own: null, foreign: conversation };
};

/**
 * By what it answers. An automatic message may come from elsewhere than the one we wrote to (a mail server, a
 * substitute): who names a sending of ours, whose id nobody can guess, is let to it; people only to their own.
 */
async function byReference(deps: Deps, event: InboundMessage): Promise<Lead> {
  let foreign: Conversation | null = null;
  for (const id of event.thread?.references.slice(0, mostReferences) ?? []) {
    const sent = await ofDelivery(deps, event, id);
    const conversationId = sent ?? (await ofMessage(deps, event, id));
    const lead = leadTo(conversationId ? await deps.store.get(conversations, conversationId) : null, event);
    if (lead.own) return lead;
    if (lead.foreign && sent && event.automated !== 'none') return { own: lead.foreign, foreign: null };
    foreign ??= lead.foreign;
  }
  return { own: null, foreign };
}

/** By a token of ours that came back: it opens the conversation to nobody but its own person. */
async function byToken(deps: Deps, event: InboundMessage): Promise<Lead> {
  const key = event.thread?.provenKey;
  return leadTo(key ? await deps.store.get(conversations, conversationIdOf(event.inboxId, key)) : null, event);
}

/** By the number of one of the person's own tickets in the subject (lessons 39: only after a check of the sender). */
async function byTicket(deps: Deps, event: InboundMessage): Promise<Lead> {
  const subject = event.letter?.subject ?? '';
  if (!/\p{Nd}{4}/u.test(subject)) return nowhere;
  for (const number of deps.content.understand(subject).ticketNumbers) {
    const ticket = await deps.store.get(tickets, number);
    const found = ticket?.conversationId ? await deps.store.get(conversations, ticket.conversationId) : null;
    if (isOurs(found, event)) return { own: found, foreign: null };
  }
  return nowhere;
}

/** The last resort: a reply under the subject of one of the same person's conversations. */
async function bySubject(deps: Deps, event: InboundMessage): Promise<Lead> {
  const { thread, inboxId, address } = event;
  if (!thread?.isReply || thread.topic === '') return nowhere;
  const since = iso(deps.clock.now() - subjectCountsMs);
  const where = { inboxId, address, lastMessageAt: { gte: since } };
  const recent = await deps.store.find(conversations, { index: 'by-address', where, order: 'desc', limit: 50 });
  return { own: recent.items.find((one) => one.topic === thread.topic) ?? null, foreign: null };
}

/** Where a message belongs, and the conversation of another that it claims to go on with. */
export interface Thread {
  conversationId: string;
  claims: string | null;
}

/**
 * Which conversation a message belongs to: one that it proves to go on with, else that of its own key. Several signals,
 * the strongest first (lessons 38); none of them lets a person into another's conversation (lessons 39, 40).
 */
export async function threadOf(deps: Deps, event: InboundMessage): Promise<Thread> {
  const own = conversationIdOf(event.inboxId, event.conversationKey);
  let claims: string | null = null;
  if (!event.thread) return { conversationId: own, claims };
  for (const signal of [byReference, byToken, byTicket, bySubject]) {
    const lead = await signal(deps, event);
    if (lead.own) return { conversationId: lead.own.id, claims: null };
    claims ??= lead.foreign?.id ?? null;
  }
  // in public everybody may go on with anybody's thread
  return { conversationId: own, claims: event.visibility === 'public' ? null : claims };
}
