import type { Readable } from 'node:stream';
import type { OutboundMessage } from '../../../src/channel/outbound.ts';
import { SendError } from '../../../src/channel/send-error.ts';

export type OpenFile = (query: {
  address: string;
  id: string;
}) => Promise<{ name: string; type: string; stream: Readable } | null>;

/** A file that goes with a letter. */
export interface Enclosure {
  filename: string;
  contentType: string;
  content: Readable;
}

const mediaType = /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/i;

/** A mail within a mail, or a multipart, is handed over as plain bytes: it may not be encoded otherwise. */
const typeOf = (type: string): string =>
  mediaType.test(type) && !/^(?:message|multipart)\//i.test(type) ? type.toLowerCase() : 'application/octet-stream';

/** Without a path, control characters and direction marks; at most 120 characters, the ending kept. */
export function fileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const clean = base.replace(/[\p{Cc}\p{Cf}"]/gu, '').trim();
  const letters = [...clean];
  const short = letters.length <= 120 ? clean : [...letters.slice(0, 100), '…', ...letters.slice(-19)].join('');
  return short === '' ? 'file' : short;
}

const gone = (name: string): SendError =>
  new SendError('message-invalid', `The file "${fileName(name)}" is no longer there, so the letter was not sent.`);

/** Opens the files of a message, in order. Where one is gone, all are closed again and a `SendError` is thrown. */
export async function openEnclosures(message: OutboundMessage, openFile: OpenFile): Promise<Enclosure[]> {
  const opened: Enclosure[] = [];
  try {
    for (const { id, name } of message.attachments) {
      const file = await openFile({ address: message.address, id });
      if (!file) throw gone(name);
      const filename = fileName(name || file.name);
      opened.push({ filename, contentType: typeOf(file.type), content: file.stream });
    }
    return opened;
  } catch (error) {
    for (const { content } of opened) content.destroy();
    throw error;
  }
}
