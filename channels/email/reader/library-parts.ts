import { contentOf } from './body.ts';
import { contradicts } from './charset.ts';
import { fieldOf } from './head.ts';
import type { LibraryMail, LibraryPart } from './library.ts';
import type { SourcePart } from './parts.ts';
import { isOddlyEncoded } from './transfer.ts';

const isMultipart = (type: string): boolean => type.startsWith('multipart/');

/** Whether guard and library see the same tree, so that their parts belong together in order. */
const isSameTree = (parts: readonly SourcePart[], given: readonly LibraryPart[]): boolean =>
  parts.length === given.length &&
  parts.every((part, at) => isMultipart(part.type) === isMultipart(given[at]?.type ?? ''));

const beyondAscii = /[^\0-\x7f]/;
const ofEscapes = /^(?:utf-?(?:7|16|32)|unicode|iso-?2022|hz|ucs)/i;

/** The marks of quotes lie within the lines that the library joins. */
const isQuotedFlow = (part: SourcePart, text: string): boolean =>
  part.content.params.get('format')?.toLowerCase() === 'flowed' && /^>/m.test(text);

/** Whether the words are as the bytes say: the label fits, and nothing was lost. */
function isFaithful(raw: Buffer, part: SourcePart, text: string): boolean {
  const label = part.content.params.get('charset') ?? null;
  if (isQuotedFlow(part, text) || text.includes('\ufffd') || ofEscapes.test(label ?? '')) return false;
  if (!beyondAscii.test(text) || label === null || /^utf-?8$/i.test(label)) return true;
  return !contradicts(contentOf(raw, part), label);
}

/** What of the library's parts is to be believed: all of it where the trees agree, but for what the bytes speak against. */
export function trustedParts(
  raw: Buffer,
  parts: readonly SourcePart[],
  given: readonly LibraryPart[],
): Map<SourcePart, LibraryPart> {
  const trusted = new Map<SourcePart, LibraryPart>();
  if (!isSameTree(parts, given)) return trusted;
  for (const [at, part] of parts.entries()) {
    const found = given[at];
    const encoding = fieldOf(part.head, 'content-transfer-encoding');
    if (!found || isOddlyEncoded(raw.subarray(part.start, part.end), encoding)) continue;
    const text = found.text !== null && isFaithful(raw, part, found.text) ? found.text : null;
    if (text !== null || found.file !== null) trusted.set(part, { ...found, text });
  }
  return trusted;
}

/** Files that nobody takes leave nothing behind in the spool. */
export function discard(library: LibraryMail | null, kept: readonly { path: string | null }[]): void {
  const paths = new Set(kept.map(({ path }) => path));
  for (const { file } of library?.parts ?? []) if (file && !paths.has(file.path())) file.remove();
}
