import { capabilitiesIn } from '../channel/capabilities.ts';
import { iso } from '../clock.ts';
import { type Contact, contacts } from '../contact/contact.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { type Message, messages } from '../message/message.ts';
import { agentWords, channelOf } from './agent-words.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import type { ActingAgent, GivenWords, StaffActions } from './flow.ts';
import { performWords } from './perform.ts';
import { answeredPublicly } from './public-reply.ts';
import { lastOfPerson, lastPost } from './read-marks.ts';
import { writePrivately } from './reply-privately.ts';
import { need, retrying } from './retrying.ts';
import type { Aftermath } from './staff.ts';
import { carriedOps, respondedOps, type Writing, type Written, withAgent } from './writing.ts';

/** Whom an agent's letter or public post answers; nothing where the medium does not tell. */
async function answeredIn(deps: FlowDeps, conversation: Conversation): Promise<Message | null> {
  if (conversation.visibility === 'public') return lastPost(deps.store, conversation.id);
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

async function writeHere(deps: FlowDeps, { conversation, by, words, causeId }: Writing): Promise<Written> {
  const scene = await stageFor(deps, { conversation, by, words }, causeId);
  if (conversation.visibility === 'public' && !scene.answered && words.replyTo === undefined)
    throw new WaslError('not-allowed', 'There is no post left to reply to: its author deleted it.');
  const performed = performWords(deps, scene, await agentWords(deps, conversation, words), (one) => {
    withAgent(by)(one);
    Object.assign(one, answeredPublicly(one, iso(deps.clock.now())));
  });
  const responded = await respondedOps(deps, conversation, by, causeId);
  return { ops: [...carriedOps(performed.message), ...responded, ...performed.ops], result: performed.message };
}

function requireAllowed({ visibility }: Conversation, words: GivenWords): void {
  if (visibility === 'public' || words.visibility !== 'public') return;
  throw new WaslError('not-allowed', 'This conversation is private: nothing of it can be answered in public.');
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
      requireAllowed(conversation, words);
      const goesPrivate = conversation.visibility === 'public' && words.visibility === 'private';
      const writing = { conversation, by, words, causeId };
      return goesPrivate ? writePrivately(deps, writing) : writeHere(deps, writing);
    }, deps);
    after.deliver({ id: message.conversationId, inboxId: message.inboxId });
    return message;
  };
