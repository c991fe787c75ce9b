import type { ImapFlow, MessageStructureObject } from 'imapflow';

/** How much of the head and of the words of a mail is fetched that is too large to be fetched whole. */
const mostBytes = 1024 * 1024;

const isWords = (part: MessageStructureObject, type: string): boolean =>
  part.type.toLowerCase() === type && part.disposition?.toLowerCase() !== 'attachment';

const leaves = (part: MessageStructureObject): MessageStructureObject[] =>
  part.childNodes?.length ? part.childNodes.flatMap(leaves) : [part];

/** The part that holds the words: the first plain text that is no attachment, else the first HTML. */
export function findWords(structure: MessageStructureObject): MessageStructureObject | null {
  const parts = leaves(structure);
  return parts.find((part) => isWords(part, 'text/plain')) ?? parts.find((part) => isWords(part, 'text/html')) ?? null;
}

/** A header without the fields that describe a body which is not there. */
function withoutContentFields(head: string): string {
  const fields = head.split(/\r?\n(?![ \t])/).filter(Boolean);
  return fields.filter((field) => !/^(content-[\w-]+|mime-version)\s*:/i.test(field)).join('\r\n');
}

function contentFields(part: MessageStructureObject | null): string {
  if (!part) return 'Content-Type: text/plain; charset=utf-8';
  const charset = part.parameters?.charset?.replaceAll(/[^\w.:-]/g, '');
  const encoding = part.encoding?.replaceAll(/[^\w-]/g, '');
  return [
    `Content-Type: ${part.type.replaceAll(/[^\w.+/-]/g, '')}${charset ? `; charset=${charset}` : ''}`,
    ...(encoding ? [`Content-Transfer-Encoding: ${encoding}`] : []),
  ].join('\r\n');
}

/** A mail of its own out of the head and one part of a larger one; the bytes stay as they are. */
export function assembleMail(head: Uint8Array, part: MessageStructureObject | null, words: Uint8Array): Uint8Array {
  const fields = withoutContentFields(Buffer.from(head).toString('latin1'));
  const top = `${fields}\r\nMIME-Version: 1.0\r\n${contentFields(part)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(top, 'latin1'), words]);
}

/** Fetches head and words of a large mail and puts a readable mail together; null where the mail is gone. */
export async function fetchHeadAndWords(client: ImapFlow, uid: number): Promise<Uint8Array | null> {
  const part = (key: string) => ({ key, start: 0, maxLength: mostBytes });
  const head = await client.fetchOne(uid, { bodyStructure: true, bodyParts: [part('header')] }, { uid: true });
  if (!head) return null;
  const structure = head.bodyStructure ? findWords(head.bodyStructure) : null;
  const key = structure?.part ?? '1';
  const body = structure ? await client.fetchOne(uid, { bodyParts: [part(key)] }, { uid: true }) : false;
  const words = (body || null)?.bodyParts?.get(key) ?? new Uint8Array();
  // A part named HEADER comes back as the headers, cut as it was asked for.
  return assembleMail(head.headers ?? new Uint8Array(), structure, words);
}
