import type { Channel } from '../channel/channel.ts';
import { iso } from '../clock.ts';
import { addresses, type Contact, contacts, newAddress } from '../contact/contact.ts';
import { type Conversation, conversations, emptyConversation } from '../conversation/conversation.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import type { Op } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import type { StaffActions } from './flow.ts';
import { addressIdOf } from './identity.ts';
import { performWords, type Scene } from './perform.ts';
import type { Aftermath } from './staff.ts';
import { conversationIdOf } from './thread.ts';

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

/** Where the person is reached in this inbox: known from before, or the mail address that they gave. */
async function addressFor(deps: FlowDeps, channel: Channel, contact: Contact): Promise<{ address: string; ops: Op[] }> {
  const known = await deps.store.find(addresses, { index: 'by-contact', where: { contactId: contact.id }, limit: 100 });
  const here = known.items.find(({ inboxId }) => inboxId === channel.inboxId);
  if (here) return { address: here.address, ops: [] };
  const given = channel.capabilities.form === 'letter' ? contact.email?.toLowerCase() : null;
  if (!given) throw new WaslError('not-allowed', 'No address of this person is known for this channel.');
  const id = addressIdOf(channel.inboxId, given);
  const { inboxId, kind } = channel;
  const document = newAddress({ id, contactId: contact.id, inboxId, channel: kind, address: given });
  return { address: given, ops: [{ op: 'insert', in: addresses, document, onDuplicate: 'keep' }] };
}

/** An agent writes first: contact, conversation and letter are one unit. */
export const startConversation =
  (deps: FlowDeps, after: Aftermath): StaffActions['start'] =>
  async (by, words, key) => {
    const channel = channelFor(deps, words.inboxId);
    const contact = await deps.store.get(contacts, words.contactId);
    if (!contact) throw new WaslError('not-found', 'There is no such contact.');
    const threadKey = keyOf(by.id, key);
    const id = conversationIdOf(channel.inboxId, threadKey);
    const known = await deps.store.get(conversations, id);
    if (known) return known;
    const at = iso(deps.clock.now());
    const { address, ops } = await addressFor(deps, channel, contact);
    const subject = words.subject?.trim() || null;
    const language = contact.language ?? deps.content.organisation().organisation.defaultLanguage;
    const whom = { contactId: contact.id, address, key: threadKey };
    const where = { id, channel: channel.kind, inboxId: channel.inboxId };
    const conversation: Conversation = emptyConversation(at, { ...where, ...whom, subject, language });
    const scene: Scene = {
      causeId: keyed('started', id),
      conversation,
      contact,
      answered: null,
      capabilities: channel.capabilities,
      language,
      author: 'agent',
      actor: { kind: 'agent', id: by.id },
    };
    const said = { text: words.text, html: null, quickReplies: [], template: null };
    const performed = performWords(deps, scene, said, (one) => {
      Object.assign(one, { handledBy: 'agent', assigneeId: by.id });
    });
    const insert: Op = { op: 'insert', in: conversations, document: conversation };
    const { ok } = await deps.store.write([...ops, insert, ...performed.ops]);
    if (!ok) throw new WaslError('unavailable', 'Too many changes at once; try again.');
    after.deliver(conversation);
    return { ...performed.conversation, version: conversation.version + 1 };
  };
