import type { Page } from '../payload/page.ts';
import type { CursorNote } from './cursor.ts';
import type { Desk, Entry } from './desk.ts';
import { freshMs, isOlder } from './history.ts';
import { pagesOf } from './pages.ts';

/** As many as X shows of mentions, and some more. */
const mostPages = 10;

/**
 * The first readings of a list, until something was found in it: all that is to be answered, and what stands on the same pages.
 * The time of the very first one is kept for good, since by it what is older stays history.
 */
export async function listFirst(
  desk: Desk,
  cursor: CursorNote,
  ask: (from: { next?: string }) => Promise<Page | null>,
): Promise<Entry[]> {
  const all: Entry[] = [];
  for await (const { entries } of pagesOf(ask, mostPages)) {
    const since = (await cursor.get())?.since ?? desk.deps.clock.now();
    await cursor.set({ since });
    all.push(...entries);
    if (entries.some((entry) => isOlder(entry, since - freshMs))) break;
  }
  return all;
}
