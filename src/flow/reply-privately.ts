import { capabilitiesIn } from '../channel/capabilities.ts';
import { iso } from '../clock.ts';
import { addresses, contacts } from '../contact/contact.ts';
import { type Conversation, conversations, emptyConversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import type { Op } from '../store/port.ts';
import { agentWords, channelOf, requireNotOptedOut } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import { addressIdOf } from './identity.ts';
import { performWords } from './perform.ts';
import { need } from './retrying.ts';
import { conversationIdOf } from './thread.ts';
import { carriedOps, respondedOps, type Writing, type Written, withAgent } from './writing.ts';

/** The private conversation of whoever wrote in public, by the very account that they wrote from; a new one where there is none. */
async function privateBeside(deps: FlowDeps, from: Conversation): Promise<{ conversation: Conversation; ops: Op[] }> {
  const { inboxId, address, contactId, channel } = from;
  const known = await deps.store.get(addresses, addressIdOf(inboxId, address));
  const key = known?.key ?? address;
  const id = conversationIdOf(inboxId, key);
  const found = await deps.store.get(conversations, id);
  if (found) return { conversation: found, ops: [] };
  if (!channelOf(deps, from).capabilities.canStart)
    throw new WaslError('not-allowed', 'Only the person can begin a private conversation here: invite them in public.');
  const facts = { id, channel, inboxId, contactId, address, key, language: from.language };
  const conversation = emptyConversation(iso(deps.clock.now()), facts);
  return { conversation, ops: [{ op: 'insert', in: conversations, document: conversation }] };
}

/** What is said next in private is about what was said in public. */
const tieTo =
  (from: Conversation) =>
  (conversation: Conversation): void => {
    conversation.cameFrom = from.id;
    conversation.ticketNumbers = [...new Set([...conversation.ticketNumbers, ...from.ticketNumbers])];
    conversation.openTicket = from.openTicket ?? conversation.openTicket;
  };

/** The public conversation is with the agent too: nobody waits there any more. */
function takenOp({ id, version: expect, status, assigneeId, lastSeq }: Conversation, by: Writing['by']): Op {
  const taken = { waitingSince: null, turnDueAt: null, decidedSeq: lastSeq };
  const hands = status === 'closed' ? {} : { handledBy: 'agent' as const, assigneeId: assigneeId ?? by.id };
  return { op: 'update', in: conversations, id, expect, set: { ...taken, ...hands } };
}

/** An agent answers in private what was said in public: both conversations, the tie and the message are one unit. */
export async function writePrivately(
  deps: FlowDeps,
  { conversation: from, by, words, causeId }: Writing,
): Promise<Written> {
  const { conversation, ops } = await privateBeside(deps, from);
  const contact = await need(deps, contacts, conversation.contactId, 'contact');
  if (contact.blockedAt) throw new WaslError('not-allowed', 'This contact is blocked.');
  await requireNotOptedOut(deps, conversation);
  const { organisation } = deps.content.organisation();
  const scene: Scene = {
    causeId,
    conversation,
    contact,
    answered: null,
    capabilities: capabilitiesIn(channelOf(deps, conversation).capabilities, conversation),
    language: conversation.language ?? from.language ?? contact.language ?? organisation.defaultLanguage,
    author: 'agent',
    actor: { kind: 'agent', id: by.id },
  };
  // a post cannot be quoted in another conversation
  const said = await agentWords(deps, conversation, { ...words, replyTo: undefined });
  const performed = performWords(deps, scene, said, (one) => {
    withAgent(by)(one);
    tieTo(from)(one);
  });
  const responded = await respondedOps(deps, from, by, causeId);
  const carried = carriedOps(performed.message);
  return { ops: [...ops, takenOp(from, by), ...carried, ...responded, ...performed.ops], result: performed.message };
}
