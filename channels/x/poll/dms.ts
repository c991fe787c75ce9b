import { compareIds, msOf } from '../payload/ids.ts';
import { readDmEvents } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import { type Desk, type Entry, patiently, readingOf, store } from './desk.ts';
import { listFirst } from './first.ts';
import { withoutAnswered } from './history.ts';
import { pagesOf } from './pages.ts';

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

async function listUpTo(desk: Desk, upTo: string): Promise<Listed> {
  const reading = await readingOf(desk);
  const ask = async (from: { next?: string }, index: number) => {
    const query = { max: pageSizes[index] ?? largestPage, ...from };
    return readDmEvents(await patiently(desk, () => desk.reader.dmEvents(query, desk.signal)), reading);
  };
  const entries: Entry[] = [];
  for await (const page of pagesOf(ask, mostPages)) {
    entries.push(...page.entries);
    const isKnown = page.entries.some(({ id }) => id !== null && compareIds(id, upTo) <= 0);
    if (isKnown) return { entries, isEnded: false };
  }
  return { entries, isEnded: true };
}

async function readFirst(desk: Desk, cursor: CursorNote): Promise<void> {
  const reading = await readingOf(desk);
  const ask = async (from: { next?: string }) =>
    readDmEvents(
      await patiently(desk, () => desk.reader.dmEvents({ max: largestPage, ...from }, desk.signal)),
      reading,
    );
  await store(desk, cursor, withoutAnswered(await listFirst(desk, cursor, ask)));
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
  const upTo = (await cursor.get())?.upTo ?? null;
  if (upTo === null) return readFirst(desk, cursor);
  const { entries, isEnded } = await listUpTo(desk, upTo);
  if (isEnded) await noteGap(desk, cursor, upTo);
  await store(desk, cursor, withoutAnswered(entries));
}
