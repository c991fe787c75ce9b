import type { Collection, Document, Store } from '../../../src/store/port.ts';

/** Everything in a collection, in the order of an index. */
export async function readAll<T extends Document>(store: Store, from: Collection<T>, index: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(from, { index, limit: 1000, cursor });
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}
