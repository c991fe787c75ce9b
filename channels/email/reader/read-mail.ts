import type { OwnMailbox, ReadMail, Verdict } from '../mail.ts';
import { readBody } from './body.ts';
import type { Spool } from './box.ts';
import { compressSource } from './compress.ts';
import { digestOf } from './digest.ts';
import { factsOf } from './facts.ts';
import { type Files, keepFiles } from './files.ts';
import { type Gist, gistOf, settled, writtenNow } from './gist.ts';
import { readHead, skipPreface } from './head.ts';
import type { Judges } from './judges.ts';
import { type LibraryMail, readWithLibrary } from './library.ts';
import { discard, trustedParts } from './library-parts.ts';
import type { ReaderLimits } from './limits.ts';
import { type MailHead, readMailHead } from './mail-head.ts';
import { kindOfPart, type PartKind } from './part-kind.ts';
import { readParts, type SourcePart, type SourceTree } from './parts.ts';

/** What reading one mail needs besides the mail. */
export interface Reading {
  own: OwnMailbox;
  spool: Spool;
  limits: ReaderLimits;
  /** Milliseconds since the epoch: a mail from the far future has no date. */
  now: number;
  judges: Judges;
  /** False: the library failed on this mail before. */
  withLibrary?: boolean;
}

/** A person's mail, as far as is known; used where screening itself failed. */
const unscreened: Verdict = { automated: 'none', why: null, reports: [] };

const lineEnds = (given: Buffer): Buffer =>
  given.includes(10) || !given.includes(13)
    ? given
    : Buffer.from(given.toString('latin1').replaceAll('\r', '\n'), 'latin1');

/** The charset that the mail names somewhere: the likeliest one for raw bytes in its head. */
const hintOf = (parts: SourcePart[]): string | null =>
  parts.map((part) => part.content.params.get('charset')).find(Boolean) ?? null;

function kindsOf(parts: SourcePart[]): Map<SourcePart, PartKind> {
  const kinds = new Map<SourcePart, PartKind>();
  let afterWords = false;
  for (const part of parts) {
    const kind = kindOfPart(part, afterWords);
    kinds.set(part, kind);
    afterWords ||= kind === 'words';
  }
  const report = afterWords ? undefined : parts.find((part) => kinds.get(part) === 'report');
  if (report) kinds.set(report, 'words');
  return kinds;
}

interface Found {
  head: MailHead;
  gist: Gist;
  digest: string;
  text: string;
  html: string | null;
  kept: Files;
  problem: ReadMail['problem'];
  source: Uint8Array;
}

function assemble(found: Found, verdict: Verdict): ReadMail {
  const { head, gist, text, html, kept } = found;
  return {
    ...verdict,
    messageId: head.messageId,
    digest: found.digest,
    from: head.from,
    replyTo: head.replyTo,
    to: head.to,
    cc: head.cc,
    deliveredTo: head.deliveredTo,
    subject: head.subject,
    ...gist,
    sentAt: head.sentAt,
    references: head.references,
    text,
    html,
    files: kept.files,
    leftOut: kept.leftOut,
    problem: found.problem,
    source: found.source,
  };
}

/** The longest head that the library is given: some of what it does costs more than the head is long. */
const longestHead = 256 * 1024;

/** What the library makes of a mail; null where the guard forbids to ask it, or where it gives up. */
async function askLibrary(raw: Buffer, { root, cut }: SourceTree, reading: Reading): Promise<LibraryMail | null> {
  if (cut || root.start > longestHead || reading.withLibrary === false) return null;
  return readWithLibrary(raw.subarray(skipPreface(raw)), reading).catch(() => null);
}

/**
 * Reads a whole mail: the library reads, a guard in front of it finds the parts, keeps to the limits and tells where the
 * bytes speak against the library. May throw on what nobody foresaw: then `readHeadOnly` is next.
 */
export async function readMail(given: Buffer, reading: Reading): Promise<ReadMail> {
  const { limits, own, judges } = reading;
  const source = compressSource(given);
  const raw = lineEnds(given.subarray(0, limits.sourceBytes));
  const tree = readParts(raw, limits);
  const { root, parts } = tree;
  const asked = await askLibrary(raw, tree, reading);
  const library = trustedParts(raw, parts, asked?.parts ?? []);
  const headers = asked?.headers ?? null;
  const head = readMailHead({ fields: root.head.fields, library: headers }, hintOf(parts), reading.now);
  const kinds = kindsOf(parts);
  const body = readBody(raw, root, { kinds, library }, limits);
  const files = parts.filter((part) => kinds.get(part) === 'file');
  const kept = await keepFiles(raw, files, body.html ?? '', { ...reading, library });
  discard(asked, kept.files);
  const gist = gistOf({ ...head, ...body }, judges);
  const written = writtenNow(body, gist, judges);
  const facts = factsOf(raw, parts, { head, text: body.text, written, limits });
  const verdict = settled(() => judges.screen(facts, own), unscreened);
  const isPartly = tree.cut || body.cut || raw.length < given.length;
  const digest = digestOf(root.head, raw.subarray(root.head.end));
  const found = { head, gist, digest, ...body, kept, source: await source };
  return assemble({ ...found, problem: isPartly ? 'partly' : null }, verdict);
}

/** Reads the head alone, for a mail that could not be read as a whole. */
export async function readHeadOnly(given: Buffer, reading: Reading): Promise<ReadMail> {
  const { limits, own, judges } = reading;
  const { fields, stray, end } = readHead(given.subarray(0, limits.headBytes), 0, { ...limits, headFields: 200 });
  const head = readMailHead({ fields, library: null }, null, reading.now);
  const words = { text: '', html: null };
  const facts = factsOf(given, [], { head, text: '', written: '', limits });
  const verdict = settled(() => judges.screen(facts, own), unscreened);
  const digest = digestOf({ fields, stray }, given.subarray(end));
  const kept = { files: [], leftOut: [] };
  const source = await compressSource(given);
  const gist = gistOf({ ...head, ...words }, judges);
  return assemble({ head, gist, digest, ...words, kept, problem: 'unreadable', source }, verdict);
}
