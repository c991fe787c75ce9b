import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { access, type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { type Blobs, StoreError } from '../port.ts';
import { asStoreError, systemCode } from './errors.ts';
import { files } from './names.ts';
import { syncDirectoryAside } from './sync-file.ts';

const idForm = /^[A-Za-z0-9_-]{1,200}$/;
/** Files being written; what a crash leaves here was never acknowledged. */
const unfinished = '.unfinished';

/** A blob's file. The folder is of a hash: ids that begin with the time would all share one. */
function pathOf(root: string, id: string): string {
  if (!idForm.test(id))
    throw new StoreError('failed', 'The id of a blob must be letters, digits, _ or - (at most 200).');
  return join(root, createHash('sha256').update(id).digest('hex').slice(0, 2), id);
}

async function pour(handle: FileHandle, from: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of from) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new StoreError('blob-too-large', `The file is larger than ${maxBytes} bytes.`);
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  await handle.sync();
  return { bytes, sha256: hash.digest('hex') };
}

async function writeUnfinished(path: string, from: AsyncIterable<Uint8Array>, maxBytes: number) {
  const handle = await open(path, 'wx', 0o600);
  try {
    return await pour(handle, from, maxBytes);
  } finally {
    await handle.close();
  }
}

async function put(root: string, id: string, from: AsyncIterable<Uint8Array>, maxBytes: number) {
  const path = pathOf(root, id);
  const part = join(root, unfinished, randomUUID());
  try {
    const written = await writeUnfinished(part, from, maxBytes);
    const isNew = await mkdir(dirname(path), { recursive: true });
    await rename(part, path);
    await syncDirectoryAside(dirname(path));
    if (isNew) await syncDirectoryAside(root);
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Opens the file when it is first read: a stream that nobody reads (a request that was given up) holds nothing open. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}

/** A file's size in bytes; null where it is not there. */
export async function blobBytes(directory: string, id: string): Promise<number | null> {
  const found = await stat(pathOf(join(directory, files.blobs), id)).catch(() => null);
  return found?.size ?? null;
}

/** The bytes of a file as a stream, without opening the place for writing; null where it is not there. */
export async function readBlob(directory: string, id: string): Promise<Readable | null> {
  try {
    const path = pathOf(join(directory, files.blobs), id);
    await access(path);
    return Readable.from(contentOf(path), { objectMode: false });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Blobs as files under the store's directory: complete and durable under their id, or not there. */
export function openBlobs(directory: string): Blobs {
  const root = join(directory, files.blobs);
  rmSync(join(root, unfinished), { recursive: true, force: true });
  mkdirSync(join(root, unfinished), { recursive: true });
  const guarded = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw asStoreError(error, directory);
    });
  return {
    put: (id, from, maxBytes) => guarded(put(root, id, from, maxBytes)),
    get: (id) => guarded(readBlob(directory, id)),
    remove: (id) => guarded((async () => rm(pathOf(root, id), { force: true }))()),
  };
}
