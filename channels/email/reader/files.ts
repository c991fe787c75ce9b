import { readFileSync } from 'node:fs';
import type { LeftOut, MailFile } from '../mail.ts';
import { contentOf } from './body.ts';
import { type Box, boxOf, type Spool } from './box.ts';
import { cleanName } from './file-name.ts';
import { sortFile } from './file-sort.ts';
import { fieldOf } from './head.ts';
import type { LibraryPart } from './library.ts';
import type { ReaderLimits } from './limits.ts';
import { givenName } from './part-kind.ts';
import type { SourcePart } from './parts.ts';
import { readWords } from './words.ts';

export interface Files {
  files: MailFile[];
  leftOut: LeftOut[];
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

/** What keeping files needs besides the parts. */
export interface Keeping {
  spool: Spool;
  limits: ReaderLimits;
  /** What the library made of the parts that it reads as the guard does. */
  library: ReadonlyMap<SourcePart, LibraryPart>;
}

/** The bytes of a file: the library's, else decoded here; null for what cannot but be too large. */
function boxFor(raw: Buffer, part: SourcePart, order: number, { spool, limits, library }: Keeping): Box | null {
  const given = library.get(part)?.file ?? null;
  if (given !== null || surelyTooLarge(part, limits.fileBytes)) return given;
  return boxOf(spool, `${order}`, contentOf(raw, part), limits.fileBytes);
}

/** What kind of archive a large file is, its beginning does not always tell. */
async function typeOf(part: SourcePart, bytes: Buffer, path: string | null): Promise<string> {
  if (part.type.startsWith('message/')) return part.type;
  const type = await sortFile(bytes, part.type);
  return path !== null && type === 'application/zip' ? sortFile(readFileSync(path), part.type) : type;
}

async function describe(part: SourcePart, box: Box, order: number, html: string): Promise<MailFile> {
  const [bytes, path] = [box.bytes(), box.path()];
  const type = await typeOf(part, bytes, path);
  const id = contentId(part);
  return {
    path,
    content: path === null ? new Uint8Array(bytes) : null,
    name: cleanName(givenName(part), type, order),
    type,
    bytes: box.size(),
    inline: isInline(part, type, id, html),
    contentId: id,
  };
}

/** Keeps the files of a mail, in the order of the source: small ones in memory, the others in the spool. */
export async function keepFiles(raw: Buffer, parts: SourcePart[], html: string, keeping: Keeping): Promise<Files> {
  const { limits } = keeping;
  const out: Files = { files: [], leftOut: [] };
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
    const order = out.files.length + 1;
    const box = boxFor(raw, part, order, keeping);
    if (box === null || box.isTooLarge()) leave(part, box?.size() ?? size, 'too-large');
    else out.files.push(await describe(part, box, order, html));
  }
  return out;
}
