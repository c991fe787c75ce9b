import { capabilitiesIn } from '../channel/capabilities.ts';
import { iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import { attachments, type Message, messages } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import { enter } from '../ticket/ledger.ts';
import { tickets } from '../ticket/ticket.ts';
import { agentWords, channelOf } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import type { ActingAgent, GivenWords, StaffActions } from './flow.ts';
import { performWords } from './perform.ts';
import { lastOfPerson } from './read-marks.ts';
import { need, retrying } from './retrying.ts';
import type { Aftermath } from './staff.ts';

/** Whom an agent's letter answers; nothing where the medium does not tell. */
async function answeredIn(deps: FlowDeps, conversation: Conversation): Promise<Message | null> {
  const isLetter = channelOf(deps, conversation).capabilities.form === 'letter';
  return isLetter ? lastOfPerson(deps.store, conversation.id) : null;
}

/** The stage on which a member of staff acts. */
export const sceneOf = async (
  deps: FlowDeps,
  { conversation, contact }: { conversation: Conversation; contact: Contact },
  by: ActingAgent,
  causeId: string,
): Promise<Scene> => ({
  causeId,
  conversation,
  contact,
  answered: await answeredIn(deps, conversation),
  capabilities: capabilitiesIn(channelOf(deps, conversation).capabilities, conversation),
  language: conversation.language ?? contact.language ?? deps.content.organisation().organisation.defaultLanguage,
  author: 'system',
  actor: { kind: 'agent', id: by.id },
});

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

/** The letter that an agent chose to answer takes the place of the person's last. */
async function stageFor(
  deps: FlowDeps,
  wanted: { conversation: Conversation; by: ActingAgent; words: GivenWords },
  causeId: string,
): Promise<Scene> {
  const { conversation, by, words } = wanted;
  const contact = await need(deps, contacts, conversation.contactId, 'contact');
  const scene = { ...(await sceneOf(deps, { conversation, contact }, by, causeId)), author: 'agent' as const };
  const chosen = scene.answered && words.replyTo ? await deps.store.get(messages, words.replyTo) : null;
  return chosen?.direction === 'inbound' ? { ...scene, answered: chosen } : scene;
}

/** A person's first answer stops the first-response clock of the ticket in hand. */
async function respondedOps(
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
  };
  return enter(ticket, [{ kind: 'responded' }], entry).ops;
}

/** An agent writes in a conversation: what may be said there, the clocks that it stops, one unit. */
export const reply =
  (deps: FlowDeps, after: Aftermath): StaffActions['reply'] =>
  async (conversationId, by, words, key) => {
    const causeId = keyed('reply', conversationId, by.id, key);
    const message = await retrying(async () => {
      const known = await deps.store.get(messages, keyed('message', causeId, 0));
      if (known) return { ops: [], result: known };
      const conversation = await need(deps, conversations, conversationId, 'conversation');
      const scene = await stageFor(deps, { conversation, by, words }, causeId);
      const performed = performWords(deps, scene, await agentWords(deps, conversation, words), withAgent(by));
      const responded = await respondedOps(deps, conversation, by, causeId);
      return { ops: [...carriedOps(performed.message), ...responded, ...performed.ops], result: performed.message };
    }, deps);
    after.deliver({ id: conversationId, inboxId: message.inboxId });
    return message;
  };
