import type { ImapFlow } from 'imapflow';
import { ensureFolder } from './file-handled.ts';

/** A sent mail that waits to be filed, and how often that was tried. */
export interface SentMail {
  raw: Uint8Array;
  tries: number;
}

const usualNames = [
  'البريد المرسل',
  'العناصر المرسلة',
  'الرسائل المرسلة',
  'المرسل',
  'Sent',
  'Sent Items',
  'Sent Messages',
];

/** The folder of sent mails: the one that was named, else the one that the server marks or that has a usual name, else a new one. */
export async function findSentFolder(client: ImapFlow, wanted: string): Promise<string> {
  if (wanted !== 'auto') return ensureFolder(client, wanted);
  const folders = await client.list({ listOnly: true });
  const special = folders.filter(({ specialUse }) => specialUse === '\\Sent');
  const found =
    special.find(({ specialUseSource }) => specialUseSource === 'extension') ??
    folders.find(({ name }) => usualNames.includes(name)) ??
    special[0];
  return found?.path ?? ensureFolder(client, 'Sent');
}

function messageIdOf(raw: Uint8Array): string | null {
  const head =
    Buffer.from(raw.subarray(0, 65_536))
      .toString('latin1')
      .split(/\r?\n\r?\n/)[0] ?? '';
  return /^message-id:\s*(<[^>\s]+>)/im.exec(head)?.[1] ?? null;
}

/** An attempt that was cut off may have succeeded all the same. */
async function isFiled(client: ImapFlow, folder: string, raw: Uint8Array): Promise<boolean> {
  const id = messageIdOf(raw);
  if (!id) return false;
  await client.mailboxOpen(folder, { readOnly: true });
  const found = await client.search({ header: { 'message-id': id } }, { uid: true });
  await client.mailboxClose();
  return Array.isArray(found) && found.length > 0;
}

/** Appends a sent mail, once, also where an earlier try ended in the dark. */
export async function appendSent(client: ImapFlow, folder: string, mail: SentMail): Promise<void> {
  const repeated = mail.tries > 0;
  mail.tries += 1;
  if (repeated && (await isFiled(client, folder, mail.raw))) return;
  await client.append(folder, Buffer.from(mail.raw), ['\\Seen']);
}
