import { settleBy } from '../casework/settle.ts';
import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import type { Contact } from '../contact/contact.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { messages } from '../message/message.ts';
import type { Op } from '../store/port.ts';
import type { TicketChange } from '../ticket/events.ts';
import { enter } from '../ticket/ledger.ts';
import { type Ticket, tickets } from '../ticket/ticket.ts';
import { agentWords, requireNotOptedOut } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import { type FirstPlace, firstPlace, whomOf } from './first-place.ts';
import type { ActingAgent, FirstWords, StaffActions } from './flow.ts';
import { performWords } from './perform.ts';
import { need, retrying } from './retrying.ts';
import type { Aftermath } from './staff.ts';
import { withAgent } from './writing.ts';

/** A key that fits into an address of ours, whatever the channel makes of it: letters and digits only. */
const keyOf = (agentId: string, key: string): string =>
  keyed('start', agentId, key)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 26);

function channelFor(deps: FlowDeps, inboxId: string): Channel {
  const channel = deps.channels.get(inboxId);
  if (!channel) throw new WaslError('not-found', 'There is no such inbox.');
  if (channel.capabilities.canStart) return channel;
  throw new WaslError(
    'not-allowed',
    'Over this channel only the person can begin: write in a conversation that they have begun.',
  );
}

/** The ticket that is written about, which must be the person's own. */
async function ticketOf(deps: FlowDeps, number: string | undefined, contact: Contact): Promise<Ticket | null> {
  if (number === undefined) return null;
  const ticket = await need(deps, tickets, number, 'ticket');
  if (ticket.contactId === contact.id) return ticket;
  throw new WaslError('invalid', 'ticketNumber: this ticket belongs to another contact.');
}

/** The message belongs to the ticket; written by a person, it is also the first answer, where none was given yet. */
const ticketOps = (deps: FlowDeps, ticket: Ticket, scene: Scene, at: string): Op[] => {
  const messageId = keyed('message', scene.causeId, 0);
  const added: TicketChange[] = [{ kind: 'message-added', messageId }];
  const changes: TicketChange[] = ticket.respondedAt ? added : [...added, { kind: 'responded' }];
  const settle = settleBy(deps.content.organisation());
  return enter(ticket, changes, { number: ticket.number, at, actor: scene.actor, cause: scene.causeId, settle }).ops;
};

/** What is said next in the conversation is about this ticket. */
export const aboutTicket = (conversation: Conversation, number: string): void => {
  const { ticketNumbers } = conversation;
  if (!ticketNumbers.includes(number)) conversation.ticketNumbers = [...ticketNumbers, number];
  conversation.openTicket = number;
};

interface Start {
  place: FirstPlace;
  channel: Channel;
  by: ActingAgent;
  words: FirstWords;
  causeId: string;
}

async function startIn(deps: FlowDeps, { place, channel, by, words, causeId }: Start) {
  const { contact, conversation } = place;
  if (contact.blockedAt) throw new WaslError('not-allowed', 'This contact is blocked.');
  await requireNotOptedOut(deps, conversation);
  const ticket = await ticketOf(deps, words.ticketNumber, contact);
  const scene: Scene = {
    causeId,
    conversation,
    contact,
    answered: null,
    capabilities: channel.capabilities,
    language: conversation.language ?? contact.language ?? deps.content.organisation().organisation.defaultLanguage,
    author: 'agent',
    actor: { kind: 'agent', id: by.id },
    ...(ticket ? { ticketNumber: ticket.number } : {}),
  };
  const performed = performWords(deps, scene, await agentWords(deps, conversation, words), (one) => {
    withAgent(by)(one);
    if (ticket) aboutTicket(one, ticket.number);
  });
  const linked = ticket ? ticketOps(deps, ticket, scene, iso(deps.clock.now())) : [];
  const result = { ...performed.conversation, version: conversation.version + 1 };
  return { ops: [...place.ops, ...linked, ...performed.ops], result };
}

/** An agent writes first: contact, address, conversation, message and the ticket's line are one unit. */
export const startConversation =
  (deps: FlowDeps, after: Aftermath): StaffActions['start'] =>
  async (by, words, key) => {
    const channel = channelFor(deps, words.inboxId);
    const threadKey = keyOf(by.id, key);
    const causeId = keyed('started', channel.inboxId, threadKey);
    const started = await retrying(async () => {
      const said = await deps.store.get(messages, keyed('message', causeId, 0));
      const known = said && (await deps.store.get(conversations, said.conversationId));
      if (known) return { ops: [], result: known };
      const contact = await whomOf(deps, channel, words);
      const subject = words.subject?.trim() || null;
      const place = await firstPlace(deps, channel, { contact, phone: words.phone, subject, threadKey });
      return startIn(deps, { place, channel, by, words, causeId });
    }, deps);
    after.deliver(started);
    return started;
  };
