import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';
import { type Blobs, StoreError } from '../port.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicate } from './errors.ts';
import { own } from './names.ts';

const idForm = /^[A-Za-z0-9_-]{1,200}$/;

/** A blob that is being put or removed: what a crash leaves of it is found by this. */
interface Upload {
  _id: string;
  /** Time in ms. */
  at: number;
}

/** GridFS as the driver has it, with text for ids. */
interface Bucket {
  bucket: mongoose.mongo.GridFSBucket;
  at: MongoConnection;
  now: () => number;
}

// the library's types know ids of its own kind only; the server takes any
const asId = (id: string): mongoose.mongo.ObjectId => id as unknown as mongoose.mongo.ObjectId;

function checkId(id: string): void {
  if (idForm.test(id)) return;
  throw new StoreError('failed', 'The id of a blob must be letters, digits, _ or - (at most 200).');
}

const filesOf = ({ at }: Bucket) => at.db.collection<{ _id: string }>(`${own.blobs}.files`);
const uploadsOf = ({ at }: Bucket) => at.own<Upload>('uploads');

const isComplete = async (bucket: Bucket, id: string): Promise<boolean> =>
  (await filesOf(bucket).findOne({ _id: id }, { projection: { _id: 1 } })) !== null;

/** Takes away all there is of a blob: first that it is complete, so that no half of it is ever given. */
async function erase(bucket: Bucket, id: string): Promise<void> {
  await filesOf(bucket).deleteOne({ _id: id });
  await bucket.at.db.collection(`${own.blobs}.chunks`).deleteMany({ files_id: asId(id) });
}

/** Notes that a blob is being put. Where an earlier attempt left something, a part or the whole, that goes first. */
async function begin(bucket: Bucket, id: string): Promise<void> {
  try {
    await uploadsOf(bucket).insertOne({ _id: id, at: bucket.now() });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await erase(bucket, id);
    return;
  }
  if (await isComplete(bucket, id)) await erase(bucket, id);
}

const end = async (bucket: Bucket, id: string): Promise<void> => void (await uploadsOf(bucket).deleteOne({ _id: id }));

async function pour(bucket: Bucket, id: string, from: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = async function* () {
    for await (const chunk of from) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new StoreError('blob-too-large', `The file is larger than ${maxBytes} bytes.`);
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(Readable.from(measured()), bucket.bucket.openUploadStreamWithId(asId(id), id));
  return { bytes, sha256: hash.digest('hex') };
}

async function put(bucket: Bucket, id: string, from: AsyncIterable<Uint8Array>, maxBytes: number) {
  checkId(id);
  await begin(bucket, id);
  try {
    return await pour(bucket, id, from, maxBytes);
  } catch (error) {
    // where the server is away, the sweep does it later
    await erase(bucket, id).catch(() => undefined);
    throw error;
  } finally {
    await end(bucket, id).catch(() => undefined);
  }
}

/** Reads when it is read: a stream that nobody takes (a request that was given up) holds nothing open. */
async function* contentOf({ bucket }: Bucket, id: string): AsyncGenerator<Uint8Array> {
  yield* bucket.openDownloadStream(asId(id));
}

async function get(bucket: Bucket, id: string): Promise<Readable | null> {
  checkId(id);
  if (!(await isComplete(bucket, id))) return null;
  return Readable.from(contentOf(bucket, id), { objectMode: false });
}

async function remove(bucket: Bucket, id: string): Promise<void> {
  checkId(id);
  await uploadsOf(bucket).updateOne({ _id: id }, { $set: { at: bucket.now() } }, { upsert: true });
  await erase(bucket, id);
  await end(bucket, id);
}

const bucketOf = (at: MongoConnection, now: () => number): Bucket => {
  const bucket = new mongoose.mongo.GridFSBucket(at.db, { bucketName: own.blobs });
  return { bucket, at, now };
};

/** Blobs in GridFS: complete under their id, or not there. Every call goes through `guard`. */
export function createBlobs(
  at: MongoConnection,
  now: () => number,
  guard: <T>(work: () => Promise<T>) => Promise<T>,
): Blobs {
  const bucket = bucketOf(at, now);
  return {
    put: (id, from, maxBytes) => guard(() => put(bucket, id, from, maxBytes)),
    get: (id) => guard(() => get(bucket, id)),
    remove: (id) => guard(() => remove(bucket, id)),
  };
}

/** Takes away what puts and removals have left that a crash cut off before `before` (time in ms). */
export async function sweepUploads(at: MongoConnection, before: number): Promise<void> {
  const bucket = bucketOf(at, () => before);
  const left = await uploadsOf(bucket)
    .find({ at: { $lt: before } }, { limit: 100 })
    .toArray();
  for (const { _id } of left) {
    if (!(await isComplete(bucket, _id))) await erase(bucket, _id);
    await end(bucket, _id);
  }
}
