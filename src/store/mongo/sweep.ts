import type { AnyCollection, Remove, WriteResult } from '../port.ts';
import { sweepUploads } from './blobs.ts';
import type { MongoConnection } from './connection.ts';
import type { FeedBatch } from './feed.ts';
import { type Reader, readSome } from './read.ts';
import type { UnitRecord } from './unit/records.ts';

export interface Sweeping extends Reader {
  collections: readonly AnyCollection[];
  write(unit: readonly Remove[]): Promise<WriteResult>;
  /** Time in ms. */
  now: () => number;
}

/** For so long a process may still ask what became of a unit, and put a blob. */
const dayMs = 24 * 60 * 60 * 1000;
/** Batches of the feed: who was away for longer reads everything anew. */
const keptBatches = 100_000;
/** Removals that are under way at a time. */
const atOnce = 20;

async function sweepOne(sweeping: Sweeping, from: AnyCollection, now: string, limit: number): Promise<number> {
  const field = from.expires;
  if (!field || limit <= 0) return 0;
  const sort = { [field]: 1, _id: 1 } as const;
  const due = await readSome(sweeping, from, { filter: { [field]: { $lte: now } }, sort, limit });
  let swept = 0;
  for (let at = 0; at < due.length; at += atOnce) {
    const part = due.slice(at, at + atOnce);
    // who changed it meanwhile may have given it more time
    const results = await Promise.all(
      part.map(({ _id, version }) => sweeping.write([{ op: 'remove', in: from, id: _id, expect: version }])),
    );
    swept += results.filter(({ ok }) => ok).length;
  }
  return swept;
}

/** What the driver itself has left: records of units that nobody asks about any more, and halves of blobs. */
async function sweepOwn(at: MongoConnection, now: number): Promise<void> {
  const over = { at: { $lt: now - dayMs } };
  await at.own<UnitRecord>('units').deleteMany({ ...over, $or: [{ aborted: true }, { done: true }] });
  await sweepUploads(at, now - dayMs);
  const feed = at.own<FeedBatch>('feed');
  const [newest] = await feed.find({}, { sort: { _id: -1 }, limit: 1, projection: { _id: 1 } }).toArray();
  if (newest && newest._id > keptBatches) await feed.deleteMany({ _id: { $lte: newest._id - keptBatches } });
}

/** Removes at most `limit` documents whose time is over, of all collections; gives how many. */
export async function sweepExpired(sweeping: Sweeping, now: string, limit: number): Promise<number> {
  let swept = 0;
  for (const from of sweeping.collections) swept += await sweepOne(sweeping, from, now, limit - swept);
  await sweepOwn(sweeping.at, sweeping.now());
  return swept;
}
