import type { AnyCollection, Document } from '../port.ts';
import { canonical } from './checksum.ts';
import type { Progress } from './progress.ts';
import type { BlobFact, Side } from './side.ts';

/** The two ends of a move. */
export interface Ends {
  from: Side;
  to: Side;
}

/** Told of something that the target holds otherwise than the source, so that what it has of this is void. */
const differs = Symbol('differs');

const isKnownOtherwise = (document: Document, there: Document | undefined): boolean =>
  there !== undefined && canonical(there) !== canonical(document);

/** Puts what the target lacks of a collection. */
async function addMissing({ from, to }: Ends, collection: AnyCollection, progress: Progress) {
  let count = 0;
  for await (const part of from.documents(collection)) {
    const there = await to.getMany(
      collection,
      part.map(({ id }) => id),
    );
    const known = new Map(there.map((document) => [document.id, document]));
    const isOther = part.some((document) => isKnownOtherwise(document, known.get(document.id)));
    if (isOther) return differs;
    const missing = part.filter(({ id }) => !known.has(id));
    if (missing.length > 0) await to.insert(collection, missing);
    count += part.length;
    progress.step(collection.name, part.length);
  }
  return (await to.count(collection)) === count ? 'same' : differs;
}

async function copyAll({ from, to }: Ends, collection: AnyCollection, progress: Progress): Promise<void> {
  for await (const part of from.documents(collection)) {
    await to.insert(collection, part);
    progress.step(collection.name, part.length);
  }
}

/**
 * Copies the documents of a collection. What an earlier run has put stays where it still is the same; else the source
 * was changed since then, and the collection is copied anew.
 */
export async function copyDocuments(ends: Ends, collection: AnyCollection, progress: Progress): Promise<void> {
  const there = await ends.to.count(collection);
  if (there > 0 && (await addMissing(ends, collection, progress)) === 'same') return;
  if (there > 0) await ends.to.clear(collection);
  await copyAll(ends, collection, progress);
}

async function copyBlob({ from, to }: Ends, { id, bytes }: BlobFact): Promise<void> {
  const there = await to.blobBytes(id);
  if (there === bytes) return;
  if (there !== null) await to.removeBlob(id);
  const content = await from.getBlob(id);
  if (content) await to.putBlob(id, content);
}

/** Copies the attachments that the target lacks, and takes away what an earlier run put there and the source has no more. */
export async function copyBlobs(ends: Ends, progress: Progress): Promise<void> {
  const { from, to } = ends;
  for await (const blob of from.blobs()) {
    await copyBlob(ends, blob);
    progress.step('attachments', 1, blob.bytes);
  }
  for await (const { id } of to.blobs()) if ((await from.blobBytes(id)) === null) await to.removeBlob(id);
}
