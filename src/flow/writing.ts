import { settleBy } from '../casework/settle.ts';
import { iso } from '../clock.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { attachments, type Message } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import { enter } from '../ticket/ledger.ts';
import { tickets } from '../ticket/ticket.ts';
import type { FlowDeps } from './deps.ts';
import type { ActingAgent, GivenWords } from './flow.ts';

/** An agent has the conversation from now on, and nothing in it waits for the assistant. */
export const withAgent =
  (by: ActingAgent) =>
  (one: Conversation): void => {
    Object.assign(one, { status: 'open', handledBy: 'agent', waitingSince: null, turnDueAt: null });
    one.assigneeId ??= by.id;
    one.decidedSeq = one.lastSeq;
  };

/** Files that a message of ours carries are kept with it. */
export const carriedOps = (message: Message): Op[] =>
  message.attachments.map(({ id }) => {
    const set = { messageId: message.id, conversationId: message.conversationId, expiresAt: null };
    return { op: 'update', in: attachments, id, set };
  });

/** A person's first answer stops the first-response clock of the ticket in hand. */
export async function respondedOps(
  deps: FlowDeps,
  conversation: Conversation,
  by: ActingAgent,
  cause: string,
): Promise<readonly Op[]> {
  const ticket = conversation.openTicket ? await deps.store.get(tickets, conversation.openTicket) : null;
  if (!ticket || ticket.respondedAt) return [];
  const entry = {
    number: ticket.number,
    at: iso(deps.clock.now()),
    actor: { kind: 'agent' as const, id: by.id },
    cause,
    settle: settleBy(deps.content.organisation()),
  };
  return enter(ticket, [{ kind: 'responded' }], entry).ops;
}

/** What an agent writes, and where. */
export interface Writing {
  conversation: Conversation;
  by: ActingAgent;
  words: GivenWords;
  causeId: string;
}

/** A unit of writes and the message that it makes. */
export interface Written {
  ops: Op[];
  result: Message;
}
