import { within } from '../../src/channel/wait.ts';
import { type Account, versionOf } from './account.ts';
import type { WaChat, WaClient } from './client.ts';
import { sayable } from './log-safely.ts';
import { keepMarks, type Marks } from './marks.ts';
import { type PageChat, type PageMessage, readChat, readMessage } from './parse.ts';
import { isPrivate } from './people.ts';
import { readEdit, readEvent } from './read-event.ts';

const chatsMs = 30_000;
const messagesMs = 30_000;
/** So much before the mark is read again: clocks differ, and what was encrypted comes late. */
const marginSeconds = 600;
const firstLimit = 50;
const lastLimit = 2_000;

interface Found {
  facts: PageChat;
  chat: WaChat;
}

/** All chats with one person. Also the proof that the page answers. */
async function privateChats({ clock }: Account, client: WaClient): Promise<Found[]> {
  const chats = await within(clock, chatsMs, client.getChats());
  return chats.flatMap((chat) => {
    const facts = readChat(chat);
    return facts && !facts.isGroup && isPrivate(facts.id) ? [{ facts, chat: chat as WaChat }] : [];
  });
}

/** What stands in a chat since then, the oldest first. The library gives it unsorted, and no more than is asked for. */
async function messagesSince({ clock }: Account, { chat, facts }: Found, since: number): Promise<PageMessage[]> {
  for (
    let limit = Math.max(firstLimit, Math.min(facts.unreadCount, lastLimit));
    ;
    limit = Math.min(limit * 4, lastLimit)
  ) {
    const given = await within(clock, messagesMs, chat.fetchMessages({ limit }));
    const messages = given.flatMap((one) => readMessage(one) ?? []).sort((a, b) => (a.t ?? 0) - (b.t ?? 0));
    const reachesBack = given.length < limit || limit === lastLimit || (messages[0]?.t ?? 0) < since;
    if (reachesBack) return messages.filter(({ t }) => (t ?? since) >= since);
  }
}

/** Tells the core of a message as of any other: one that is known already changes nothing. */
async function tell(account: Account, client: WaClient, found: Found, message: PageMessage): Promise<void> {
  const { intake, told } = account;
  const version = versionOf(message);
  const chat = found.facts.id;
  const isTold = (): boolean => told.has(version);
  if (isTold()) return;
  const read = async () => (isTold() ? null : readEvent(account, client, message));
  const isEdited = message.latestEditSenderTimestampMs !== null && message.type !== 'revoked';
  // what is encrypted yet is looked at again
  const done = (): void => void (message.type !== 'ciphertext' && !isEdited && told.set(version, true));
  const wasKnown = await intake.takeOnce(chat, read, done);
  if (!isEdited) return;
  const text = message.body || message.caption;
  const readChange = async () => (isTold() || !wasKnown ? null : readEdit(account, client, { message, text }));
  await intake.takeOnce(chat, readChange, () => void told.set(version, true));
}

/**
 * Reads what came while nobody listened: WhatsApp Web tells only of what is new while the page is open, and its events can
 * fail in silence. A chat that cannot be read holds up no other and is read from its own mark the next time. `whole`:
 * chats that say that something is unread are looked at however old they seem. Rejects where the page does not answer.
 */
export async function sweep(account: Account, client: WaClient, marks: Marks, whole: boolean): Promise<void> {
  const startedAt = Math.floor(account.clock.now() / 1000);
  const behind: Marks['behind'] = {};
  for (const found of await privateChats(account, client)) {
    const { id, timestamp, unreadCount } = found.facts;
    const from = marks.behind[id] ?? marks.sweptTo;
    const since = Math.max(from - marginSeconds, marks.linkedAt);
    const isDue = (timestamp ?? 0) >= since || id in marks.behind || (whole && unreadCount > 0);
    if (!isDue) continue;
    try {
      for (const message of await messagesSince(account, found, since)) await tell(account, client, found, message);
    } catch (error) {
      behind[id] = from;
      account.log.warn(
        { inboxId: account.inboxId, error: sayable(error) },
        'a chat could not be read, it is tried again',
      );
    }
  }
  Object.assign(marks, { sweptTo: startedAt, behind });
  await keepMarks(account.sink, marks);
  account.count('swept');
}
