import { fieldOf, type Head, readHead } from './head.ts';
import type { ReaderLimits } from './limits.ts';
import { type Parameters, readParameters } from './parameters.ts';

/** One part of a mail as it lies in the source; nothing of it is decoded yet. */
export interface SourcePart {
  head: Head;
  type: string;
  content: Parameters;
  disposition: Parameters;
  depth: number;
  /** The multipart that it stands in; null for the mail itself. */
  parent: SourcePart | null;
  children: SourcePart[];
  start: number;
  end: number;
}

export interface SourceTree {
  root: SourcePart;
  /** All parts in the order of the source, the root first. */
  parts: SourcePart[];
  /** True where a limit left something out. */
  cut: boolean;
}

const longestBoundary = 512;

interface Open {
  part: SourcePart;
  line: string;
}

function typeOf(content: Parameters, parent: SourcePart | null): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(content.value)) return content.value;
  if (parent?.type === 'multipart/digest') return 'message/rfc822';
  return /^text\b/.test(content.value) || content.value === '' ? 'text/plain' : 'application/octet-stream';
}

/** The boundary that a multipart names, or the one that its body begins with where it names none. */
function boundaryLine(raw: Buffer, part: SourcePart): string | null {
  if (!part.type.startsWith('multipart/')) return null;
  const named = part.content.params.get('boundary');
  if (named) return `--${named}`;
  const sample = raw.toString('latin1', part.start, part.start + 4096);
  return /^\s*(--\S{1,200})[ \t]*\r?\n/.exec(sample)?.[1] ?? null;
}

/** Where the next line that begins with two dashes stands, at or after `at` (a line start). */
function nextDashes(raw: Buffer, at: number): number {
  if (raw[at] === 45 && raw[at + 1] === 45) return at;
  const found = raw.indexOf('\n--', at, 'latin1');
  return found === -1 ? -1 : found + 1;
}

/** The body of a part ends before the line end that belongs to the boundary. */
const beforeBreak = (raw: Buffer, at: number, start: number): number => {
  if (at <= start || raw[at - 1] !== 10) return Math.max(at, start);
  return Math.max(start, raw[at - 2] === 13 ? at - 2 : at - 1);
};

/** The mail while its parts are being found: open multiparts lie on a stack, looked up by their boundary line. */
interface Search {
  raw: Buffer;
  limits: ReaderLimits;
  parts: SourcePart[];
  open: Open[];
  levels: Map<string, number>;
  cut: boolean;
}

function levelOf({ levels }: Search, line: string): { level: number; closes: boolean } | null {
  const level = levels.get(line);
  if (level !== undefined) return { level, closes: false };
  const stem = line.endsWith('--') ? levels.get(line.slice(0, -2)) : undefined;
  return stem === undefined ? null : { level: stem, closes: true };
}

function openMultipart(search: Search, part: SourcePart): void {
  const line = boundaryLine(search.raw, part);
  if (line === null || search.levels.has(line)) return;
  if (part.depth >= search.limits.depth) search.cut = true;
  else search.levels.set(line, search.open.push({ part, line }) - 1);
}

function enter(search: Search, at: number, parent: SourcePart | null): SourcePart {
  const { raw, limits } = search;
  const head = readHead(raw, at, limits, (line) => levelOf(search, line.trimEnd()) !== null);
  const content = readParameters(fieldOf(head, 'content-type'));
  const disposition = readParameters(fieldOf(head, 'content-disposition'));
  const depth = parent ? parent.depth + 1 : 0;
  const type = typeOf(content, parent);
  const part = { head, type, content, disposition, depth, parent, children: [], start: head.end, end: raw.length };
  search.cut ||= head.cut;
  search.parts.push(part);
  parent?.children.push(part);
  openMultipart(search, part);
  return part;
}

/** Ends every multipart from `level` on, and the part that was being read. */
function closeFrom(search: Search, level: number, at: number): void {
  const { raw, parts, open, levels } = search;
  const closed = open.splice(level);
  for (const { line } of closed) levels.delete(line);
  for (const part of [parts.at(-1), ...closed.map((one) => one.part)])
    if (part && part.end === raw.length) part.end = beforeBreak(raw, at, part.start);
}

/** The line at `at` and where the next one begins; of a line too long for a boundary nothing is told. */
function readLine(raw: Buffer, at: number): { line: string; next: number } {
  const found = raw.indexOf(10, at);
  const stop = found === -1 ? raw.length : found;
  return { line: stop - at > longestBoundary ? '' : raw.toString('latin1', at, stop).trimEnd(), next: stop + 1 };
}

/**
 * Finds the parts of a mail in one pass and without recursion: each line that begins with two dashes is looked up among
 * the open boundaries. Time is linear in the source whatever the nesting.
 */
export function readParts(raw: Buffer, limits: ReaderLimits): SourceTree {
  const search: Search = { raw, limits, parts: [], open: [], levels: new Map(), cut: false };
  const { parts, open } = search;
  const root = enter(search, 0, null);
  let at = root.start;
  while (open.length > 0) {
    const dashes = nextDashes(raw, at);
    if (dashes === -1) break;
    const { line, next } = readLine(raw, dashes);
    at = next;
    const match = levelOf(search, line);
    if (!match) continue;
    closeFrom(search, match.closes ? match.level : match.level + 1, dashes);
    const parent = match.closes ? undefined : open[match.level]?.part;
    if (!parent) continue;
    if (parts.length >= limits.parts) return { root, parts, cut: true };
    at = enter(search, at, parent).start;
  }
  return { root, parts, cut: search.cut };
}
