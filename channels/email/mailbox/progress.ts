import { z } from 'zod';
import { readNote } from '../../../src/channel/note.ts';

const dayMs = 86_400_000;
const time = z.iso.datetime({ precision: 3 });

/** A mail that was not taken and waits to be tried again. */
const leftMail = z.object({ uid: z.number().int().positive(), arrivedAt: time });
export type LeftMail = z.infer<typeof leftMail>;

/** How far a folder has been read; kept as a note, as JSON. */
const progress = z.object({
  uidValidity: z.string(),
  /** Every mail up to this UID is stored, left behind by rule, or noted as left. */
  lastUid: z.number().int().nonnegative(),
  /** When the newest mail that was read had arrived. */
  seenAt: time.nullable(),
  /** Up to the UID `upTo`, mails that arrived before `before` are left alone. */
  skip: z.object({ before: time, upTo: z.number().int().nonnegative() }).nullable(),
});
export type Progress = z.infer<typeof progress>;

const left = z.object({ uidValidity: z.string(), mails: z.array(leftMail) });
export type Left = z.infer<typeof left>;

/** What a note tells; null where there is none or it cannot be read. */
export const readProgress = (note: string | null): Progress | null => readNote(progress, note);
export const readLeft = (note: string | null): Left | null => readNote(left, note);

/** What the server says of a folder as it is opened. */
export interface OpenedFolder {
  uidValidity: string;
  /** The next UID to be given. */
  uidNext: number;
}

export interface Known {
  progress: Progress | null;
  left: readonly LeftMail[];
}

const skipFrom = (before: number, opened: OpenedFolder): Progress['skip'] => ({
  before: new Date(before).toISOString(),
  upTo: Math.max(0, opened.uidNext - 1),
});

/** A UIDVALIDITY of its own is the rule (RFC 9051, 2.3.1.1); a server that was set back without one shows by its UIDNEXT. */
const goesOn = (known: Progress, opened: OpenedFolder): boolean =>
  known.uidValidity === opened.uidValidity && opened.uidNext > known.lastUid;

/** How far back is read again when UIDs mean nothing any more: 30 days, or a week before the last mail, or what still waits. */
function againFrom({ progress: before, left: waiting }: Known, now: number): number {
  const marks = [now - 30 * dayMs, ...waiting.map(({ arrivedAt }) => Date.parse(arrivedAt))];
  if (before?.seenAt) marks.push(Date.parse(before.seenAt) - 7 * dayMs);
  if (before?.skip) marks.push(Date.parse(before.skip.before));
  return Math.min(...marks);
}

/** Where reading goes on: after the last UID; from the beginning within bounds where the folder is new or was renumbered. */
export function resume(known: Known, opened: OpenedFolder, now: number, firstDays: number): Progress {
  const before = known.progress;
  if (before && goesOn(before, opened)) return before;
  const from = before ? againFrom(known, now) : now - firstDays * dayMs;
  const start = { uidValidity: opened.uidValidity, lastUid: 0, seenAt: before?.seenAt ?? null };
  return { ...start, skip: skipFrom(from, opened) };
}

/** The progress once everything up to `uid` is done; `arrivedAt` are the times of the mails that were read. */
export function advance(before: Progress, uid: number, arrivedAt: readonly string[]): Progress {
  const seenAt = [before.seenAt ?? '', ...arrivedAt].reduce((a, b) => (a > b ? a : b));
  return { ...before, lastUid: Math.max(before.lastUid, uid), seenAt: seenAt || null };
}

/** The progress once a folder was read to its end: what was to be left alone lies behind. */
export const caughtUp = (before: Progress): Progress => ({
  ...before,
  lastUid: Math.max(before.lastUid, before.skip?.upTo ?? 0),
  skip: null,
});
