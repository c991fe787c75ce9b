import { compareIds, msOf } from '../payload/ids.ts';
import { readDmEvents } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import { type Desk, type Entry, entriesOf, patiently, readingOf, store } from './desk.ts';
import { asHistory, withoutAnswered } from './history.ts';

/**
 * X bills each private message that it shows, and its list cannot begin at one: so it is asked for few first, and for more
 * where none of them is known.
 */
const pageSizes = [10, 30, 100];
const largestPage = 100;
/** Ten thousand messages. */
const mostPages = 104;
/** X lists private messages of so long. */
const reachMs = 30 * 86_400_000;

interface Listed {
  entries: Entry[];
  /** The list ended before anything known had come. */
  isEnded: boolean;
}

async function listUpTo(desk: Desk, upTo: string | null): Promise<Listed> {
  const reading = await readingOf(desk);
  const entries: Entry[] = [];
  let next: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query = { max: pageSizes[pages] ?? largestPage, ...(next === null ? {} : { next }) };
    const page = readDmEvents(await patiently(desk, () => desk.reader.dmEvents(query, desk.signal)), reading);
    entries.push(...entriesOf(page));
    next = page?.next ?? null;
    const isKnown = upTo !== null && entries.some(({ id }) => id !== null && compareIds(id, upTo) <= 0);
    if (isKnown) return { entries, isEnded: false };
    if (next === null) return { entries, isEnded: true };
  }
  return { entries, isEnded: true };
}

async function readFirst(desk: Desk, cursor: CursorNote): Promise<void> {
  const reading = await readingOf(desk);
  const page = readDmEvents(await desk.reader.dmEvents({ max: largestPage }, desk.signal), reading);
  const entries = withoutAnswered(asHistory(entriesOf(page), desk.deps.clock.now()));
  await store(desk, cursor, entries);
  if (!(await cursor.get())) await cursor.set({ upTo: null });
}

async function noteGap(desk: Desk, cursor: CursorNote, upTo: string): Promise<void> {
  const { clock, count, log } = desk.deps;
  const now = clock.now();
  const last = msOf(upTo);
  if (last === null || last >= now - reachMs) return;
  const gap = { from: new Date(last).toISOString(), to: new Date(now - reachMs).toISOString(), noticedAt: now };
  count('dms-missing');
  log.error({ inboxId: desk.inboxId, from: gap.from, to: gap.to }, 'some direct messages may be missing');
  await cursor.set({ gap });
}

/**
 * Reads all private messages since the last reading and stores them, the oldest first; what somebody of ours answered
 * meanwhile is not answered again. Rejects where it must be tried again; what was stored stays stored.
 */
export async function readDms(desk: Desk, cursor: CursorNote): Promise<void> {
  const known = await cursor.get();
  if (!known) return readFirst(desk, cursor);
  const { entries, isEnded } = await listUpTo(desk, known.upTo);
  if (isEnded && known.upTo !== null) await noteGap(desk, cursor, known.upTo);
  await store(desk, cursor, withoutAnswered(entries));
}
