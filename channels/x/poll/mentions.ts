import { compareIds, msOf, smaller } from '../payload/ids.ts';
import { readPosts } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import { type Desk, type Entry, entriesOf, patiently, readingOf, store } from './desk.ts';
import { asHistory } from './history.ts';
import { type Hole, searchHole, splitHole } from './search-hole.ts';

const pageSize = 100;
/** X shows at most the last 800 mentions; fewer where some of them were taken back since. */
const shownPages = 8;
const shownPosts = 700;
/** More than X says that it shows: something is wrong then. */
const mostPages = 40;

/** What is read again for mentions that X showed late: as much as the list shows. */
const againPosts = 800;

const idsOf = (entries: readonly Entry[]): string[] => entries.flatMap(({ id }) => id ?? []);

/** The id that was given so many ms before this one. */
const before = (upTo: string, ms: number): string => {
  const id = BigInt(upTo) - (BigInt(Math.floor(ms)) << 22n);
  return String(id > 1n ? id : 1n);
};

interface Listed {
  entries: Entry[];
  /** The list ended before all that is newer than the cursor had come. */
  isCut: boolean;
}

/** How many of what has come are old already. */
const oldIn = (entries: readonly Entry[], upTo: string): number =>
  idsOf(entries).filter((id) => compareIds(id, upTo) <= 0).length;

/** Whether more has to be asked for; else whether the list ended too soon. */
function endOf(
  entries: readonly Entry[],
  upTo: string | null,
  pages: number,
  isLast: boolean,
): 'more' | 'cut' | 'whole' {
  const old = upTo === null ? 0 : oldIn(entries, upTo);
  if (old >= againPosts) return 'whole';
  if (!isLast && pages < mostPages) return 'more';
  const isMany = pages >= shownPages || entries.length >= shownPosts;
  return upTo !== null && isMany && old === 0 ? 'cut' : 'whole';
}

async function listSince(desk: Desk, upTo: string | null, againMs: number): Promise<Listed> {
  const reading = await readingOf(desk);
  const since = upTo === null ? {} : { sinceId: before(upTo, againMs) };
  const entries: Entry[] = [];
  let next: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const query = { max: pageSize, ...since, ...(next === null ? {} : { next }) };
    const page = readPosts(await patiently(desk, () => desk.reader.mentions(query, desk.signal)), reading);
    entries.push(...entriesOf(page));
    next = page?.next ?? null;
    const end = endOf(entries, upTo, pages, next === null);
    if (end !== 'more') return { entries, isCut: end === 'cut' };
  }
}

/** The first reading: one page, of which the older is history. */
async function readFirst(desk: Desk, cursor: CursorNote): Promise<void> {
  const reading = await readingOf(desk);
  const page = readPosts(await desk.reader.mentions({ max: pageSize }, desk.signal), reading);
  const entries = asHistory(entriesOf(page), desk.deps.clock.now());
  await store(desk, cursor, entries);
  if (!(await cursor.get())) await cursor.set({ upTo: null });
}

const timeOf = (id: string): string => new Date(msOf(id) ?? 0).toISOString();

async function noteGap({ inboxId, deps }: Desk, cursor: CursorNote, hole: Hole): Promise<void> {
  const { clock, count, log } = deps;
  const gap = { from: timeOf(hole.above), to: timeOf(hole.below), noticedAt: clock.now() };
  count('mentions-missing');
  log.error({ inboxId, from: gap.from, to: gap.to }, 'some mentions may be missing');
  const known = (await cursor.get())?.gap;
  const from = known && known.from < gap.from ? known.from : gap.from;
  await cursor.set({ gap: { ...gap, from } });
}

/** What lies between the cursor and what the list still shows; noted first as a gap as far as nobody can reach it. */
async function fill(desk: Desk, cursor: CursorNote, upTo: string, entries: readonly Entry[]): Promise<void> {
  const [first, ...rest] = idsOf(entries);
  if (first === undefined) return;
  const { lost, within } = splitHole({ above: upTo, below: rest.reduce(smaller, first) }, desk.deps.clock.now());
  if (lost) await noteGap(desk, cursor, lost);
  const left = within ? await searchHole(desk, cursor, within) : null;
  if (left) await noteGap(desk, cursor, left);
}

/**
 * Reads all mentions since the last reading and stores them, the oldest first. Where the list no longer reaches back so far,
 * search fills what lies between; what even that cannot reach is noted as a gap. The mentions of `againMs` before are read
 * again, for those that X showed late. Rejects where it must be tried again; what was stored stays stored.
 */
export async function readMentions(desk: Desk, cursor: CursorNote, againMs: number): Promise<void> {
  const known = await cursor.get();
  if (!known) return readFirst(desk, cursor);
  const { entries, isCut } = await listSince(desk, known.upTo, againMs);
  if (isCut && known.upTo !== null) await fill(desk, cursor, known.upTo, entries);
  await store(desk, cursor, entries);
}
