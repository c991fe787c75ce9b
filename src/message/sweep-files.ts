import type { Collection, Document, Store } from '../store/port.ts';
import { attachments } from './message.ts';
import { sources } from './sources.ts';

/** Removes what has expired of one collection: the document where nobody changed it meanwhile, and only then its bytes. */
async function sweepOf<T extends Document & { expiresAt: string | null }>(
  store: Store,
  from: Collection<T>,
  due: { now: string; limit: number; blobOf(document: T): string | null },
): Promise<number> {
  const where = { expiresAt: { lte: due.now } };
  const { items } = await store.find(from, { index: 'by-expiry', where, limit: due.limit });
  for (const document of items) {
    const { ok } = await store.write([{ op: 'remove', in: from, id: document.id, expect: document.version }]);
    const blob = due.blobOf(document);
    if (ok && blob) await store.blobs.remove(blob);
  }
  return items.length;
}

/**
 * Removes files that no message carries and sources whose time is over, with their bytes; at most `limit` (up to 1000)
 * of each. Gives how many it looked at.
 */
export async function sweepFiles(store: Store, now: string, limit: number): Promise<number> {
  const files = await sweepOf(store, attachments, { now, limit, blobOf: ({ id }) => id });
  return files + (await sweepOf(store, sources, { now, limit, blobOf: ({ blobId }) => blobId }));
}
