import { iso } from '../clock.ts';
import { addresses } from '../contact/contact.ts';
import { type Conversation, type Decision, decisions } from '../conversation/conversation.ts';
import { messages } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import { whyNotAsked } from '../survey/may-ask.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import type { Action } from './actions.ts';
import { askRating, isGrave } from './ask-rating.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import { addressIdOf } from './identity.ts';
import { lastAsked } from './person-facts.ts';

/** What the person wrote within this time tells what the conversation was about, in ms. */
const recentMs = 7 * 86_400_000;
const most = 20;

async function toldGravely({ store, content, clock }: FlowDeps, { id }: Conversation): Promise<boolean> {
  const where = { conversationId: id, direction: 'inbound' };
  const recent = (await store.find(messages, { index: 'by-conversation', where, order: 'desc', limit: most })).items;
  const since = iso(clock.now() - recentMs);
  return recent.some(({ text, receivedAt }) => receivedAt >= since && isGrave(content.understand(text)));
}

const isGraveTicket = (ticket: Ticket | null): boolean =>
  ticket !== null && (ticket.restricted || ticket.importance === 'high');

const wasServed = ({ handledBy, dialogue, lastInboundAt }: Conversation): boolean =>
  lastInboundAt !== null && (handledBy === 'agent' || (handledBy === 'assistant' && dialogue.greetedAt !== null));

async function whyNot(deps: FlowDeps, { conversation, contact, capabilities }: Scene): Promise<string | null> {
  const { store, clock } = deps;
  const { openTicket, inboxId, address } = conversation;
  const ticket = openTicket ? await store.get(tickets, openTicket) : null;
  const written = await store.get(addresses, addressIdOf(inboxId, address));
  return whyNotAsked({
    now: iso(clock.now()),
    lastAskedAt: await lastAsked(store, contact.id),
    isPrivateChat: capabilities.form === 'chat' && conversation.visibility === 'private',
    replyUntil: conversation.replyUntil,
    hasWindow: capabilities.replyWindowHours !== null,
    blocked: contact.blockedAt !== null,
    optedOut: Boolean(written?.optedOutAt),
    grave: isGraveTicket(ticket) || (await toldGravely(deps, conversation)),
    served: wasServed(conversation),
  });
}

/**
 * What is said when staff close a conversation: in a chat the person is asked how it was, or the reasons tell why
 * not (SV-04).
 */
export async function askAtClosing(
  deps: FlowDeps,
  scene: Scene,
): Promise<{ actions: Action[]; reasons: string[] } | null> {
  const { conversation, capabilities, language } = scene;
  if (conversation.status === 'closed' || capabilities.form === 'letter') return null;
  const why = await whyNot(deps, scene);
  if (why) return { actions: [], reasons: [`rating: not asked at closing, ${why}`] };
  const { openTicket: ticketNumber, assigneeId: agentId } = conversation;
  const title = (key: string): string => deps.content.render()(`button-${key}`, language);
  const facts = { asked: 'closing', ticketNumber, agentId } as const;
  return { actions: askRating(facts, { capabilities, title }), reasons: ['rating: asked at closing'] };
}

/** Keeps why something was or was not said, where no turn of the person led to it. */
export function reasonsOp(
  { causeId, conversation, language }: Scene,
  decided: { actions: Action[]; reasons: string[] },
  at: string,
): Op {
  const document: Decision = {
    id: causeId,
    version: 1,
    conversationId: conversation.id,
    messageIds: [],
    at,
    language,
    reasons: decided.reasons,
    actions: decided.actions as unknown as Decision['actions'],
  };
  return { op: 'insert', in: decisions, document, onDuplicate: 'keep' };
}
