import type { Page } from '../payload/page.ts';
import { type Entry, entriesOf } from './desk.ts';

/** One page of a list. */
export interface Listed {
  entries: Entry[];
  /** How many pages have come with it. */
  pages: number;
  /** What follows: more, nothing, or what cannot be had since X leads round in circles or there is no end of it. */
  follows: 'more' | 'end' | 'broken';
}

/** The pages of a list one after the other, at most so many; a token that comes a second time leads nowhere. */
export async function* pagesOf(
  ask: (from: { next?: string }, index: number) => Promise<Page | null>,
  most: number,
): AsyncGenerator<Listed> {
  const tokens = new Set<string>();
  let from: { next?: string } = {};
  for (let pages = 1; ; pages += 1) {
    const page = await ask(from, pages - 1);
    const entries = entriesOf(page);
    const next = page?.next ?? null;
    const isBroken = next !== null && (tokens.has(next) || pages === most);
    yield { entries, pages, follows: next === null ? 'end' : isBroken ? 'broken' : 'more' };
    if (next === null || isBroken) return;
    tokens.add(next);
    from = { next };
  }
}
