import { createHash } from 'node:crypto';
import type { OwnMailbox, ReadMail, Verdict } from '../mail.ts';
import { readBody } from './body.ts';
import { compressSource } from './compress.ts';
import { factsOf } from './facts.ts';
import { type Files, keepFiles, type Spool } from './files.ts';
import { readHead } from './head.ts';
import type { Judges } from './judges.ts';
import type { ReaderLimits } from './limits.ts';
import { type MailHead, readMailHead } from './mail-head.ts';
import { kindOfPart, type PartKind } from './part-kind.ts';
import { readParts, type SourcePart } from './parts.ts';

/** What reading one mail needs besides the mail. */
export interface Reading {
  own: OwnMailbox;
  spool: Spool;
  limits: ReaderLimits;
  /** Milliseconds since the epoch: a mail from the far future has no date. */
  now: number;
  judges: Judges;
}

/** A person's mail, as far as is known; used where screening itself failed. */
const unscreened: Verdict = { automated: 'none', why: null, reports: [] };

const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

function digestOf(head: MailHead, text: string, prints: string[]): string {
  const hash = createHash('sha256');
  for (const piece of [head.from?.address ?? '', head.date, head.subject, collapsed(text), ...prints])
    hash.update(`${piece}\n`);
  return hash.digest('hex');
}

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

function settled<T>(judge: () => T, otherwise: T): T {
  try {
    return judge();
  } catch {
    return otherwise;
  }
}

interface Found {
  head: MailHead;
  text: string;
  html: string | null;
  kept: Files;
  problem: ReadMail['problem'];
  source: Uint8Array;
}

function assemble(found: Found, verdict: Verdict, judges: Judges): ReadMail {
  const { head, text, html, kept } = found;
  const subject = settled(() => judges.readSubject(head.subject), {
    topic: head.subject.toLowerCase(),
    isReply: false,
    isForward: false,
  });
  const isReply = subject.isReply || head.references.length > 0;
  return {
    ...verdict,
    messageId: head.messageId,
    digest: digestOf(head, text, kept.prints),
    from: head.from,
    replyTo: head.replyTo,
    to: head.to,
    cc: head.cc,
    deliveredTo: head.deliveredTo,
    subject: head.subject,
    ...subject,
    isReply,
    sentAt: head.sentAt,
    references: head.references,
    text,
    newText: settled(() => judges.newText({ text, html, isReply }), text) || text,
    html,
    files: kept.files,
    leftOut: kept.leftOut,
    problem: found.problem,
    source: found.source,
  };
}

/** Reads a whole mail. Files are written to the spool. May throw on what nobody foresaw: then `readHeadOnly` is next. */
export async function readMail(given: Buffer, reading: Reading): Promise<ReadMail> {
  const { limits, own, judges } = reading;
  const source = compressSource(given);
  const raw = lineEnds(given.subarray(0, limits.sourceBytes));
  const { root, parts, cut } = readParts(raw, limits);
  const head = readMailHead(root.head, hintOf(parts), reading.now);
  const kinds = kindsOf(parts);
  const body = readBody(raw, root, kinds, limits);
  const files = parts.filter((part) => kinds.get(part) === 'file');
  const kept = await keepFiles(raw, files, body.html ?? '', reading);
  const facts = factsOf(raw, parts, { head, text: body.text, limits });
  const verdict = settled(() => judges.screen(facts, own), unscreened);
  const partly = cut || body.cut || raw.length < given.length;
  return assemble({ head, ...body, kept, problem: partly ? 'partly' : null, source: await source }, verdict, judges);
}

/** Reads the head alone, for a mail that could not be read as a whole. */
export async function readHeadOnly(given: Buffer, reading: Reading): Promise<ReadMail> {
  const { limits, own, judges } = reading;
  const { fields } = readHead(given.subarray(0, limits.headBytes), 0, { ...limits, headFields: 200 });
  const head = readMailHead({ fields }, null, reading.now);
  const facts = factsOf(given, [], { head, text: '', limits });
  const verdict = settled(() => judges.screen(facts, own), unscreened);
  const kept = { files: [], leftOut: [], prints: [createHash('sha256').update(given).digest('hex')] };
  const source = await compressSource(given);
  return assemble({ head, text: '', html: null, kept, problem: 'unreadable', source }, verdict, judges);
}
