import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftOut, MailFile } from '../mail.ts';
import { contentOf } from './body.ts';
import { cleanName } from './file-name.ts';
import { sortFile } from './file-sort.ts';
import { fieldOf } from './head.ts';
import type { ReaderLimits } from './limits.ts';
import { givenName } from './part-kind.ts';
import type { SourcePart } from './parts.ts';
import { readWords } from './words.ts';

export interface Files {
  files: MailFile[];
  leftOut: LeftOut[];
  /** Size and hash of each file, for the digest of the mail. */
  prints: string[];
}

/** Where files are written: a directory, and the beginning of their names there. */
export interface Spool {
  directory: string;
  prefix: string;
}

function contentId(part: SourcePart): string | null {
  const value = readWords(fieldOf(part.head, 'content-id') ?? '')
    .replace(/^<|>$/g, '')
    .trim();
  return value === '' ? null : value.slice(0, 500);
}

/** Pictures that the HTML shows, and those that came as part of a page and were not called attachments. */
function isInline(part: SourcePart, type: string, id: string | null, html: string): boolean {
  if (id === null || !type.startsWith('image/')) return false;
  if (html.includes(`cid:${id}`) || html.includes(`cid:${encodeURIComponent(id)}`)) return true;
  return part.disposition.value === 'inline' && part.parent?.type === 'multipart/related';
}

/** Base64 is a third larger than what it carries: a part that must exceed the limit is not even decoded. */
const surelyTooLarge = (part: SourcePart, most: number): boolean => (part.end - part.start) * 0.7 > most;

/** Writes the files of a mail into the spool, in the order of the source. */
export async function keepFiles(
  raw: Buffer,
  parts: SourcePart[],
  html: string,
  { spool, limits }: { spool: Spool; limits: ReaderLimits },
): Promise<Files> {
  const out: Files = { files: [], leftOut: [], prints: [] };
  const leave = (part: SourcePart, bytes: number, why: LeftOut['why']) =>
    out.leftOut.push({
      name: cleanName(givenName(part), part.type, out.leftOut.length + 1),
      type: part.type,
      bytes,
      why,
    });
  for (const part of parts) {
    const size = part.end - part.start;
    if (out.files.length >= limits.files) {
      if (out.leftOut.length < limits.files) leave(part, size, 'too-many');
      continue;
    }
    const bytes = surelyTooLarge(part, limits.fileBytes) ? null : contentOf(raw, part);
    if (bytes === null || bytes.length > limits.fileBytes) {
      leave(part, bytes?.length ?? size, 'too-large');
      continue;
    }
    const type = part.type.startsWith('message/') ? part.type : await sortFile(bytes, part.type);
    const order = out.files.length + 1;
    const path = join(spool.directory, `${spool.prefix}-${order}`);
    writeFileSync(path, bytes, { mode: 0o600 });
    const id = contentId(part);
    const inline = isInline(part, type, id, html);
    out.files.push({
      path,
      name: cleanName(givenName(part), type, order),
      type,
      bytes: bytes.length,
      inline,
      contentId: id,
    });
    out.prints.push(`${bytes.length}:${createHash('sha256').update(bytes).digest('hex')}`);
  }
  return out;
}
