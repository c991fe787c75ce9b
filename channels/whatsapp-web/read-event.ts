import type { GivenEvent } from '../../src/channel/inbound.ts';
import type { Account } from './account.ts';
import type { WaClient } from './client.ts';
import { isSilent } from './content.ts';
import { deletionEvent, editEvent, type Frame, messageEvent, ownEvent } from './events.ts';
import { ownNumber } from './life.ts';
import { type PageMessage, readKey } from './parse.ts';
import { isPrivate } from './people.ts';

/** The chat that a message stands in. */
export const chatOf = ({ key, from, to }: PageMessage): string => key.remote || (key.fromMe ? to : from);

/**
 * The frame of the events of a chat; null where it is none with one person: groups, status, lists and channels are left
 * alone, and so are notes to oneself.
 */
export async function frameOf(account: Account, client: WaClient, chat: string): Promise<Frame | null> {
  if (!isPrivate(chat)) return null;
  const person = await account.people.of(client, chat);
  if (person.phone !== undefined && person.phone === ownNumber(client.info)) return null;
  return { inboxId: account.inboxId, person, now: account.clock.now() };
}

/** The message that a deletion speaks of: the protocol's own word for it, else the one that became empty. */
export const deletedIn = (message: PageMessage): string => readKey(message.protocolMessageKey)?.id ?? message.key.id;

/** True for what was there before the account was linked, or is nothing that anybody said. */
async function isPassedOver(account: Account, message: PageMessage): Promise<boolean> {
  if (message.isStatusV3 || isSilent(message) || message.type === 'ciphertext') return true;
  return message.t !== null && message.t < (await account.linkedAt);
}

/** True where Wasl itself sent it. Waits for what is on its way, since an echo is often faster than the answer. */
async function isOurs({ sendings }: Account, message: PageMessage, address: string): Promise<boolean> {
  await sendings.idle();
  return sendings.ownerOf(message, address) !== null;
}

/** What a message in a chat tells the core; null where it is nothing for Wasl. */
export async function readEvent(account: Account, client: WaClient, message: PageMessage): Promise<GivenEvent | null> {
  if (await isPassedOver(account, message)) return null;
  const chat = chatOf(message);
  const frame = await frameOf(account, client, chat);
  if (!frame) return null;
  const { fromMe, id, serialized } = message.key;
  account.names.set(id, serialized);
  if (message.type === 'revoked') return deletionEvent(message, deletedIn(message), frame);
  if (fromMe) return (await isOurs(account, message, frame.person.address)) ? null : ownEvent(message, frame);
  account.people.note(frame.person.address, chat);
  return messageEvent(message, frame);
}

/** What the change of a message tells; null where nothing was changed that anybody said. */
export async function readEdit(
  account: Account,
  client: WaClient,
  edited: { message: PageMessage; text: string },
): Promise<GivenEvent | null> {
  const { message, text } = edited;
  if (await isPassedOver(account, message)) return null;
  const frame = await frameOf(account, client, chatOf(message));
  return frame && editEvent(message, text, frame);
}
