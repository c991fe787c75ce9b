import type { Migration, OldDocument } from '../migrations.ts';
import type { AnyCollection, Document } from '../port.ts';
import type { MongoConnection, Native } from './connection.ts';
import { type DataMark, derivedText, isUnderived, writeDataMark } from './data-mark.ts';
import { isDuplicate } from './errors.ts';
import { compareIndexes } from './indexes.ts';
import type { Held } from './lock.ts';
import { type Stored, toStored } from './stored.ts';
import type { UnitRecord } from './unit/records.ts';
import { asLeft } from './visible.ts';

type Write = Parameters<Native<Stored>['bulkWrite']>[0][number];

const partSize = 200;

export interface Migrating {
  at: MongoConnection;
  /** Time in ms. */
  now: () => number;
  held: Held;
}

/** Documents of a collection in parts, in the order of ids. */
async function* partsOf(collection: Native<Stored>): AsyncGenerator<Stored[]> {
  let last: string | null = null;
  for (;;) {
    const filter = last === null ? {} : { _id: { $gt: last } };
    const part: Stored[] = await collection.find(filter, { sort: { _id: 1 }, limit: partSize }).toArray();
    if (part.length > 0) yield part;
    last = part.at(-1)?._id ?? null;
    if (part.length < partSize) return;
  }
}

/** Whether a unit that holds documents was committed; one that was not decided by now never will be. */
async function decide({ at, now }: Migrating, unit: string): Promise<boolean> {
  const records = at.own<UnitRecord>('units');
  try {
    await records.insertOne({ _id: unit, at: now(), aborted: true });
    return false;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return !(await records.findOne({ _id: unit }))?.aborted;
  }
}

/** The document that a stored form stands for, its unit decided; null where there is none. */
async function settled(migrating: Migrating, stored: Stored): Promise<Document | null> {
  const isCommitted = stored._unit !== undefined && (await decide(migrating, stored._unit));
  return asLeft(stored, () => isCommitted);
}

/** Finds a document only as it was read; null stands for an absent field. */
const exactly = ({ _id, version, _unit }: Stored): object => ({ _id, version, _unit: _unit ?? null });

/** Collections without what is derived: while data are changed, that would be derived from forms of several versions. */
const bare = (name: string): AnyCollection => ({ name, indexes: [] }) as unknown as AnyCollection;

async function changeOne(migrating: Migrating, stored: Stored, change: Migration['change'][string], form: number) {
  const document = await settled(migrating, stored);
  const changed = document && change({ ...document } satisfies OldDocument);
  const filter = { ...exactly(stored), _form: { $ne: form } };
  if (!changed) return { deleteOne: { filter } } as Write;
  const replacement = { ...toStored(bare(''), { ...changed, id: stored._id } as Document), _form: form };
  return { replaceOne: { filter, replacement } } as Write;
}

async function changeCollection(migrating: Migrating, name: string, { change, version }: Migration): Promise<void> {
  const collection = migrating.at.db.collection<Stored>(name);
  const step = change[name];
  if (!step) return;
  for await (const part of partsOf(collection)) {
    migrating.held.check();
    const due = part.filter(({ _form }) => _form !== version);
    const writes: Write[] = [];
    for (const stored of due) writes.push(await changeOne(migrating, stored, step, version));
    if (writes.length > 0) await collection.bulkWrite(writes, { ordered: false });
  }
}

/**
 * Does the migrations that the data lack, oldest first. A run that was cut off goes on where it was: each document tells to which
 * version it was brought, and what is derived from those of the collections touched is marked as gone before.
 */
export async function migrate(migrating: Migrating, mark: DataMark, list: readonly Migration[]): Promise<DataMark> {
  let current = mark;
  for (const migration of list.filter(({ version }) => version > mark.version)) {
    const derived = { ...current.derived };
    for (const name of Object.keys(migration.change)) delete derived[name];
    await writeDataMark(migrating.at, { version: current.version, derived });
    for (const name of Object.keys(migration.change)) await changeCollection(migrating, name, migration);
    migrating.held.check();
    current = { version: migration.version, derived };
    await writeDataMark(migrating.at, current);
  }
  return current;
}

/** A unique index over what is being made anew would meet former values beside new ones. */
async function dropUnique(at: MongoConnection, from: AnyCollection): Promise<void> {
  const { foreign } = await compareIndexes(at, { ...from, indexes: from.indexes.filter(({ unique }) => !unique) });
  for (const name of foreign) await at.collection(from).dropIndex(name);
}

async function deriveAnew(migrating: Migrating, from: AnyCollection): Promise<void> {
  const collection = migrating.at.collection(from);
  await dropUnique(migrating.at, from);
  for await (const part of partsOf(collection)) {
    migrating.held.check();
    const writes: Write[] = [];
    for (const stored of part) {
      const document = await settled(migrating, stored);
      const filter = exactly(stored);
      const replacement = document && { ...toStored(from, document), ...formOf(stored) };
      writes.push((replacement ? { replaceOne: { filter, replacement } } : { deleteOne: { filter } }) as Write);
    }
    await collection.bulkWrite(writes, { ordered: false });
  }
}

const formOf = ({ _form }: Stored) => (_form === undefined ? {} : { _form });

/** Makes what is derived from documents anew where the declaration says otherwise than what it was made from. */
export async function derive(
  migrating: Migrating,
  mark: DataMark,
  collections: readonly AnyCollection[],
): Promise<void> {
  const derived = { ...mark.derived };
  for (const from of collections) {
    if (derived[from.name] === derivedText(from)) continue;
    if (!isUnderived(from)) await deriveAnew(migrating, from);
    derived[from.name] = derivedText(from);
    await writeDataMark(migrating.at, { version: mark.version, derived });
  }
}
