import type { ImapFlow } from 'imapflow';
import type { Log } from '../../../src/channel/channel.ts';
import { ConnectionLost } from './connection.ts';
import { uidSet } from './waiting.ts';

/** Set on what was stored, beside `\Seen`, where the server permits keywords. */
const keyword = '$WaslTaken';

/** Makes sure that a folder exists; gives its path as the server writes it, which may begin with a namespace (`INBOX.`). */
export async function ensureFolder(client: ImapFlow, name: string): Promise<string> {
  const paths = [name, `${client.namespace?.prefix ?? ''}${name}`];
  const folders = await client.list({ listOnly: true });
  const there = folders.find(({ path, flags }) => paths.includes(path) && !flags.has('\\Noselect'));
  return there ? there.path : (await client.mailboxCreate(name)).path;
}

export type FileHandled = (client: ImapFlow, uids: readonly number[]) => Promise<void>;

/**
 * Files what was stored: moves it into the folder, or flags it as read where there is none. Done twice it harms nothing.
 * Rejects only if the connection is gone; a refusal is logged, for the mail is stored and must not stop the next one.
 */
export function createFileHandled(folder: string | null, log: Log): FileHandled {
  const ready = new WeakMap<ImapFlow, string>();

  async function move(client: ImapFlow, range: string, into: string): Promise<boolean> {
    const path = ready.get(client) ?? (await ensureFolder(client, into));
    ready.set(client, path);
    const moved = await client.messageMove(range, path, { uid: true });
    if (!moved) ready.delete(client);
    return Boolean(moved);
  }

  const flag = (client: ImapFlow, range: string): Promise<boolean> =>
    client.messageFlagsAdd(range, ['\\Seen', keyword], { uid: true, silent: true });

  return async (client, uids) => {
    if (uids.length === 0) return;
    const range = uidSet(uids);
    const attempt = () => (folder ? move(client, range, folder) : flag(client, range)).catch(() => false);
    // The second time since the folder may have been removed under our hands.
    const filed = (await attempt()) || (client.usable && (await attempt()));
    if (!client.usable) throw new ConnectionLost();
    if (!filed) log.warn({ mails: uids.length }, 'stored mails could not be filed: the mail server refuses it');
  };
}
