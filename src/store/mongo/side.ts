import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { dataVersionOf, migrations } from '../migrations.ts';
import { type BlobFact, explaining, type Side } from '../move/side.ts';
import type { AnyCollection, Document, StoreError } from '../port.ts';
import { createBlobs } from './blobs.ts';
import { connect, type MongoConnection, placeOf } from './connection.ts';
import { currentMark, readDataMark, writeDataMark } from './data-mark.ts';
import { asStoreError, isDuplicateWrite } from './errors.ts';
import { ensureIndexes } from './indexes.ts';
import { readMark, removeMark, writeMark } from './moving.ts';
import { checkNames, own } from './names.ts';
import { type Stored, toStored } from './stored.ts';
import type { UnitRecord } from './unit/records.ts';
import { asLeft } from './visible.ts';

const partSize = 500;

/** A copy reads and clears whole collections, which may take a server longer than what a store asks. */
const options = { socketTimeoutMS: 600_000 };

interface Counter {
  _id: string;
  value: number;
}

const filesOf = (at: MongoConnection) => at.db.collection<{ _id: string; length: number }>(`${own.blobs}.files`);

/** Whether a unit's record says that it is committed; asked once for each, for nothing decides any more. */
function createOutcomes(at: MongoConnection): (units: readonly string[]) => Promise<(unit: string) => boolean> {
  const known = new Map<string, boolean>();
  return async (units) => {
    const asked = units.filter((unit) => !known.has(unit));
    if (asked.length > 0) {
      const records = await at
        .own<UnitRecord>('units')
        .find({ _id: { $in: asked } })
        .toArray();
      for (const unit of asked) known.set(unit, false);
      for (const { _id, aborted } of records) known.set(_id, !aborted);
    }
    return (unit) => known.get(unit) ?? false;
  };
}

type Outcomes = ReturnType<typeof createOutcomes>;

async function shown(outcomes: Outcomes, part: readonly Stored[]): Promise<Document[]> {
  const isCommitted = await outcomes(part.flatMap(({ _unit }) => _unit ?? []));
  return part.flatMap((stored) => asLeft(stored, isCommitted) ?? []);
}

async function* documentsOf(at: MongoConnection, from: AnyCollection, outcomes: Outcomes): AsyncGenerator<Document[]> {
  let part: Stored[] = [];
  for await (const stored of at.collection(from).find({}, { batchSize: partSize })) {
    if (part.push(stored) < partSize) continue;
    yield await shown(outcomes, part);
    part = [];
  }
  if (part.length > 0) yield await shown(outcomes, part);
}

/** One that is there already stays; whether it is the same is found by comparing. */
async function insert(at: MongoConnection, into: AnyCollection, documents: readonly Document[]): Promise<void> {
  try {
    const stored = documents.map((document) => toStored(into, document));
    await at.collection(into).insertMany(stored, { ordered: false });
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const faults = [error.writeErrors].flat();
    if (faults.length === 0 || !faults.every((fault) => isDuplicateWrite(fault))) throw error;
  }
}

const countersOf = (at: MongoConnection) => at.own<Counter>('counters');

async function setCounters(at: MongoConnection, values: ReadonlyMap<string, number>): Promise<void> {
  await countersOf(at).deleteMany({});
  const all = [...values].map(([_id, value]) => ({ _id, value }));
  if (all.length > 0) await countersOf(at).insertMany(all);
}

async function* blobsOf(at: MongoConnection): AsyncGenerator<BlobFact> {
  for await (const { _id, length } of filesOf(at).find({}, { projection: { length: 1 } }))
    yield { id: _id, bytes: length };
}

/** What a store writes for itself at its opening, before there are data. */
const ofTheDriver: readonly string[] = [own.meta, own.locks, own.units, own.feed, own.probes, own.uploads];

async function heldIn(at: MongoConnection): Promise<string | null> {
  const listed = await at.db.listCollections({}, { nameOnly: true }).toArray();
  const names = listed.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  for (const name of names.filter((one) => !ofTheDriver.includes(one)))
    if (await at.db.collection(name).findOne({}, { projection: { _id: 1 } })) return `documents in ${name}`;
  return null;
}

const usage = { everyMs: 500, forMs: 10_000 };

type Beats = ReadonlyMap<string, unknown>;

async function beatsOf(at: MongoConnection): Promise<Beats> {
  const all = await at.db.collection<Stored>('members').find({}).toArray();
  return new Map(all.map(({ _id, version }) => [_id, version]));
}

/** A process that lives changes its beat every few seconds; what one left that died stays as it is. */
async function isUsed(at: MongoConnection): Promise<boolean> {
  const first = await beatsOf(at);
  for (let waited = 0; first.size > 0 && waited < usage.forMs; waited += usage.everyMs) {
    await pause(usage.everyMs);
    const now = await beatsOf(at);
    if ([...now].some(([id, beat]) => first.get(id) !== beat)) return true;
  }
  return false;
}

async function end(at: MongoConnection, collections: readonly AnyCollection[]): Promise<void> {
  await writeDataMark(at, currentMark(dataVersionOf(migrations), collections));
  await removeMark(at);
}

export interface MongoSideOptions {
  url: string;
  collections: readonly AnyCollection[];
  /** Time in ms. */
  now: () => number;
}

/**
 * Opens a database as one end of a move.
 * @throws StoreError `unavailable` or `failed`.
 */
export async function openMongoSide({ url, collections, now }: MongoSideOptions): Promise<Side> {
  checkNames(collections);
  const place = placeOf(url);
  const explain = (error: unknown): StoreError => asStoreError(error, place);
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    }
  };
  const at = await guard(() => connect(url, collections, options));
  const outcomes = createOutcomes(at);
  const blobs = createBlobs(at, now, guard);
  return {
    place,
    dataVersion: () => guard(async () => (await readDataMark(at))?.version ?? null),
    held: () => guard(() => heldIn(at)),
    isUsed: () => guard(() => isUsed(at)),
    marker: () => guard(() => readMark(at)),
    begin: (marker) =>
      guard(async () => {
        await writeMark(at, marker);
        await ensureIndexes(at, collections);
      }),
    end: () => guard(() => end(at, collections)),
    count: (from) => guard(() => at.collection(from).countDocuments({})),
    documents: (from) => explaining(documentsOf(at, from, outcomes), explain),
    getMany: (from, ids) =>
      guard(async () => {
        const found = await at
          .collection(from)
          .find({ _id: { $in: [...ids] } })
          .toArray();
        return shown(outcomes, found);
      }),
    insert: (into, documents) => guard(() => insert(at, into, documents)),
    clear: (into) => guard(async () => void (await at.collection(into).deleteMany({}))),
    counters: () =>
      guard(async () => new Map((await countersOf(at).find({}).toArray()).map(({ _id, value }) => [_id, value]))),
    setCounters: (values) => guard(() => setCounters(at, values)),
    blobs: () => explaining(blobsOf(at), explain),
    blobBytes: (id) =>
      guard(async () => (await filesOf(at).findOne({ _id: id }, { projection: { length: 1 } }))?.length ?? null),
    getBlob: blobs.get,
    putBlob: async (id, from) => void (await blobs.put(id, from, Number.POSITIVE_INFINITY)),
    removeBlob: blobs.remove,
    close: () => at.close(),
  };
}
