import { SendError } from '../../../src/channel/send-error.ts';
import { compareIds, idAt, msOf, smaller } from '../payload/ids.ts';
import { readPosts } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import { type Desk, type Entry, patiently, readingOf, store } from './desk.ts';
import { pagesOf } from './pages.ts';

/** Between two ids, both left out. */
export interface Hole {
  above: string;
  below: string;
}

/** X searches so far back, less a little for the way there. */
const reachMs = 7 * 86_400_000 - 300_000;
const windows = 24n;
/** Four thousand posts in an hour. */
const mostPages = 40;
/** An hour, counted as ids are. */
const hour = 3_600_000n << 22n;

/** Parts of a hole, the oldest first, so that what comes of one is stored before the next is asked for. */
export function* partsOf({ above, below }: Hole): Generator<Hole> {
  const [from, to] = [BigInt(above), BigInt(below)];
  const size = (to - from) / windows;
  const step = size < hour ? hour : size;
  for (let at = from; at < to - 1n; at += step) {
    const end = at + step + 1n;
    yield { above: String(at), below: String(end < to ? end : to) };
  }
}

const timeOf = (id: string): string => new Date(msOf(id) ?? 0).toISOString();

/** Tells people, and keeps, that mentions may be missing there. */
export async function noteGap({ inboxId, deps }: Desk, cursor: CursorNote, hole: Hole): Promise<void> {
  const { clock, count, log } = deps;
  const gap = { from: timeOf(hole.above), to: timeOf(hole.below), noticedAt: clock.now() };
  count('mentions-missing');
  log.error({ inboxId, from: gap.from, to: gap.to }, 'some mentions may be missing');
  const known = (await cursor.get())?.gap;
  const from = known && known.from < gap.from ? known.from : gap.from;
  await cursor.set({ gap: { ...gap, from } });
}

/** What search gives of one part, and what it leads to no end of. */
async function searchPart(desk: Desk, part: Hole): Promise<{ entries: Entry[]; lost: Hole | null }> {
  const reading = await readingOf(desk);
  const query = `@${reading.self.username} -is:retweet`;
  const ask = async (from: { next?: string }) => {
    const range = { query, sinceId: part.above, untilId: part.below, max: 100, ...from };
    return readPosts(await patiently(desk, () => desk.reader.search(range, desk.signal)), reading);
  };
  const entries: Entry[] = [];
  for await (const page of pagesOf(ask, mostPages)) {
    entries.push(...page.entries);
    if (page.follows !== 'broken') continue;
    const oldest = entries.flatMap(({ id }) => id ?? []).reduce(smaller, part.below);
    return { entries, lost: { above: part.above, below: oldest } };
  }
  return { entries, lost: null };
}

/** What of a hole nobody can read any more, and what search still reaches. */
export function splitHole(hole: Hole, nowMs: number): { lost: Hole | null; within: Hole | null } {
  const reach = idAt(nowMs - reachMs);
  if (compareIds(reach, hole.above) <= 0) return { lost: null, within: hole };
  if (compareIds(reach, hole.below) >= 0) return { lost: hole, within: null };
  return { lost: { above: hole.above, below: reach }, within: { above: reach, below: hole.below } };
}

/**
 * Reads by search what the list of mentions no longer shows, part by part, and stores it. What cannot be read of it, since the
 * plan has no search or search comes to no end, is noted as a gap.
 */
export async function searchHole(desk: Desk, cursor: CursorNote, hole: Hole): Promise<void> {
  let { above } = hole;
  try {
    for (const part of partsOf(hole)) {
      const { entries, lost } = await searchPart(desk, part);
      if (lost) await noteGap(desk, cursor, lost);
      await store(desk, cursor, entries);
      above = String(BigInt(part.below) - 1n);
      await cursor.set({ upTo: above });
    }
  } catch (error) {
    if (!(error instanceof SendError) || error.code !== 'rejected') throw error;
    desk.deps.count('search-refused');
    await noteGap(desk, cursor, { above, below: hole.below });
  }
}
