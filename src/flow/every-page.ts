import type { Page } from '../store/port.ts';

/** Visits everything that a paged reading gives, a page after the other. */
export async function everyPage<T>(read: (cursor?: string) => Promise<Page<T>>, visit: (one: T) => void) {
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    for (const one of page.items) visit(one);
    if (!page.nextCursor) return;
    cursor = page.nextCursor;
  }
}
