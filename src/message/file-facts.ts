import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';

/** As much of a file's beginning as is needed to tell what it is. */
const headBytes = 4100;

/** A file of which the beginning has been read. */
interface Peeked {
  head: Buffer;
  /** All of it, from the beginning. */
  whole: AsyncIterable<Uint8Array>;
  /** Lets go of what was not read. */
  close(): Promise<void>;
}

export async function peek(from: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const chunks = from[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let bytes = 0; bytes < headBytes; ) {
    const next = await chunks.next();
    if (next.done) break;
    first.push(next.value);
    bytes += next.value.byteLength;
  }
  async function* whole() {
    yield* first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  const close = async () => void (await chunks.return?.());
  return { head: Buffer.concat(first), whole: whole(), close };
}

/** Whether bytes read as text; the last few may be half a character, cut by the peek. */
export const isText = (head: Buffer): boolean =>
  !head.includes(0) && [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)));

/** A name without path and control characters, in one form of Unicode; empty where nothing is left. */
export const cleanName = (name: string): string =>
  name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, 200);

/** Types that hold files of other types: the bytes tell only the box, what is claimed may be truer. */
const boxes = new Set(['application/zip', 'application/x-cfb', 'application/xml', 'application/gzip']);
/** What has bytes of its own by which it is known: where they are not there, it is not that. */
const recognisable = /^(image|audio|video|font)\/|^application\/(pdf|zip|gzip|vnd\.openxmlformats)/;
const plain = 'application/octet-stream';

const kindOf = (type: string): string => type.split('/')[0] ?? '';
const formOf = (type: string): string => type.split(';')[0]?.split('/')[1]?.trim() ?? '';

/** Voice and film share their boxes (mp4, ogg, webm): which of both it is only the sender knows. */
const isVoiceInBox = (claimed: string, found: string): boolean =>
  kindOf(claimed) === 'audio' && kindOf(found) === 'video' && formOf(claimed) === formOf(found);

/**
 * What a file is: by its first bytes, where they tell, else by what is claimed, unless the bytes belie that. `ending` is
 * the usual one of its name, empty where it is not known.
 */
export async function tellType(head: Buffer, claimed: string): Promise<{ type: string; ending: string }> {
  const found = await fileTypeFromBuffer(head);
  const said = claimed.trim().toLowerCase();
  if (found) {
    const isBox = boxes.has(found.mime) && said.startsWith('application/') && said !== plain;
    return { type: isBox || isVoiceInBox(said, found.mime) ? said : found.mime, ending: isBox ? '' : found.ext };
  }
  if (said === '') return isText(head) ? { type: 'text/plain', ending: 'txt' } : { type: plain, ending: '' };
  const isBelied = recognisable.test(said) || (said.startsWith('text/') && !isText(head));
  return { type: isBelied ? plain : said, ending: '' };
}
