import { compareIds, smaller } from '../payload/ids.ts';
import { readPosts } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import { type Desk, type Entry, patiently, readingOf, store } from './desk.ts';
import { listFirst } from './first.ts';
import { pagesOf } from './pages.ts';
import { noteGap, searchHole, splitHole } from './search-hole.ts';

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
  upTo: string,
  pages: number,
  follows: 'more' | 'end' | 'broken',
): 'more' | 'cut' | 'whole' {
  const old = oldIn(entries, upTo);
  if (old >= againPosts) return 'whole';
  if (follows === 'more') return 'more';
  const isMany = follows === 'broken' || pages >= shownPages || entries.length >= shownPosts;
  return isMany && old === 0 ? 'cut' : 'whole';
}

async function listSince(desk: Desk, upTo: string, againMs: number): Promise<Listed> {
  const reading = await readingOf(desk);
  const sinceId = before(upTo, againMs);
  const ask = async (from: { next?: string }) => {
    const query = { max: pageSize, sinceId, ...from };
    return readPosts(await patiently(desk, () => desk.reader.mentions(query, desk.signal)), reading);
  };
  const entries: Entry[] = [];
  for await (const { entries: some, pages, follows } of pagesOf(ask, mostPages)) {
    entries.push(...some);
    const end = endOf(entries, upTo, pages, follows);
    if (end !== 'more') return { entries, isCut: end === 'cut' };
  }
  return { entries, isCut: false };
}

async function readFirst(desk: Desk, cursor: CursorNote): Promise<void> {
  const reading = await readingOf(desk);
  const ask = async (from: { next?: string }) =>
    readPosts(await patiently(desk, () => desk.reader.mentions({ max: pageSize, ...from }, desk.signal)), reading);
  await store(desk, cursor, await listFirst(desk, cursor, ask));
}

/** What lies between the cursor and what the list still shows; noted first as a gap as far as nobody can reach it. */
async function fill(desk: Desk, cursor: CursorNote, upTo: string, entries: readonly Entry[]): Promise<void> {
  const [first, ...rest] = idsOf(entries);
  if (first === undefined) return;
  const { lost, within } = splitHole({ above: upTo, below: rest.reduce(smaller, first) }, desk.deps.clock.now());
  if (lost) await noteGap(desk, cursor, lost);
  if (within) await searchHole(desk, cursor, within);
}

/**
 * Reads all mentions since the last reading and stores them, the oldest first. Where the list no longer reaches back so far,
 * search fills what lies between; what even that cannot reach is noted as a gap. The mentions of `againMs` before are read
 * again, for those that X showed late. Rejects where it must be tried again; what was stored stays stored.
 */
export async function readMentions(desk: Desk, cursor: CursorNote, againMs: number): Promise<void> {
  const upTo = (await cursor.get())?.upTo ?? null;
  if (upTo === null) return readFirst(desk, cursor);
  const { entries, isCut } = await listSince(desk, upTo, againMs);
  if (isCut) await fill(desk, cursor, upTo, entries);
  await store(desk, cursor, entries);
}
