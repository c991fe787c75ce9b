import type { Channel } from '../channel/channel.ts';
import { addresses, contacts } from '../contact/contact.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { keyed } from '../ids.ts';
import type { FlowDeps } from './deps.ts';
import type { Scene } from './draft.ts';
import { addressIdOf } from './identity.ts';
import { conversationsOf, windowNow } from './ways.ts';

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'content' | 'clock'>;

/** Free words may be sent now. */
const isOpen = (deps: Deps, conversation: Conversation): boolean => windowNow(deps, conversation)?.open ?? true;

/** A private chat over a medium that vouches for the number of whoever is in it. */
const isVouched = ({ visibility }: Conversation, { capabilities }: Channel): boolean =>
  visibility === 'private' && capabilities.form === 'chat' && capabilities.phones;

async function wantsNothing({ store }: Deps, { inboxId, address }: Conversation): Promise<boolean> {
  return Boolean((await store.get(addresses, addressIdOf(inboxId, address)))?.optedOutAt);
}

/**
 * The newest chat of a contact that only the holder of its number can read and that may be written to now; null where
 * there is none.
 */
export async function chatOfHolder(
  deps: Deps,
  contactId: string,
): Promise<{ conversation: Conversation; channel: Channel } | null> {
  for (const conversation of await conversationsOf(deps, contactId)) {
    const channel = deps.channels.get(conversation.inboxId);
    if (!channel || !isVouched(conversation, channel) || !isOpen(deps, conversation)) continue;
    if (!(await wantsNothing(deps, conversation))) return { conversation, channel };
  }
  return null;
}

/** What is to be performed on to say something to another contact, as part of the given unit. */
export async function sceneToTell(deps: Deps, from: Scene, contactId: string): Promise<Scene | null> {
  const found = await chatOfHolder(deps, contactId);
  const contact = found ? await deps.store.get(contacts, contactId) : null;
  if (!found || !contact || found.conversation.id === from.conversation.id) return null;
  const { defaultLanguage } = deps.content.organisation().organisation;
  return {
    causeId: keyed(from.causeId, 'told', found.conversation.id),
    conversation: found.conversation,
    contact,
    answered: null,
    capabilities: found.channel.capabilities,
    language: found.conversation.language ?? contact.language ?? defaultLanguage,
    author: 'assistant',
    actor: from.actor,
  };
}
