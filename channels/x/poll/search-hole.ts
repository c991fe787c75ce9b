import { SendError } from '../../../src/channel/send-error.ts';
import { compareIds, idAt } from '../payload/ids.ts';
import { readPosts } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import { type Desk, type Entry, entriesOf, patiently, readingOf, store } from './desk.ts';

/** Between two ids, both left out. */
export interface Hole {
  above: string;
  below: string;
}

/** X searches so far back, less a little for the way there. */
const reachMs = 7 * 86_400_000 - 300_000;
const windows = 24n;
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

async function searchPart(desk: Desk, { above, below }: Hole): Promise<Entry[]> {
  const reading = await readingOf(desk);
  const query = `@${reading.self.username} -is:retweet`;
  const entries: Entry[] = [];
  let next: string | null = null;
  do {
    const range = { query, sinceId: above, untilId: below, max: 100, ...(next === null ? {} : { next }) };
    const page = readPosts(await patiently(desk, () => desk.reader.search(range, desk.signal)), reading);
    entries.push(...entriesOf(page));
    next = page?.next ?? null;
  } while (next !== null);
  return entries;
}

/** What of a hole nobody can read any more, and what search still reaches. */
export function splitHole(hole: Hole, nowMs: number): { lost: Hole | null; within: Hole | null } {
  const reach = idAt(nowMs - reachMs);
  if (compareIds(reach, hole.above) <= 0) return { lost: null, within: hole };
  if (compareIds(reach, hole.below) >= 0) return { lost: hole, within: null };
  return { lost: { above: hole.above, below: reach }, within: { above: reach, below: hole.below } };
}

/**
 * Reads by search what the list of mentions no longer shows, part by part, and stores it. Gives what could not be read of it
 * since the plan has no search; null where all of it was.
 */
export async function searchHole(desk: Desk, cursor: CursorNote, hole: Hole): Promise<Hole | null> {
  let { above } = hole;
  try {
    for (const part of partsOf(hole)) {
      await store(desk, cursor, await searchPart(desk, part));
      above = String(BigInt(part.below) - 1n);
      await cursor.set({ upTo: above });
    }
    return null;
  } catch (error) {
    if (!(error instanceof SendError) || error.code !== 'rejected') throw error;
    desk.deps.count('search-refused');
    return { above, below: hole.below };
  }
}
