import { dataVersionOf, type Migration } from '../migrations.ts';
import { type AnyCollection, StoreError } from '../port.ts';
import type { MongoConnection } from './connection.ts';
import { currentMark, type DataMark, derivedText, readDataMark, refuseNewer, writeDataMark } from './data-mark.ts';
import { ensureIndexes, findDifferences } from './indexes.ts';
import { type Held, underLock } from './lock.ts';
import { derive, migrate } from './migrate.ts';

export interface Preparing {
  at: MongoConnection;
  collections: readonly AnyCollection[];
  migrations: readonly Migration[];
  /** Time in ms. */
  now: () => number;
}

/** A database whose collections hold something and that no Wasl has marked is somebody else's. */
async function refuseForeign({ at, collections }: Preparing): Promise<void> {
  const there = new Set((await at.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  for (const from of collections.filter(({ name }) => there.has(name))) {
    if ((await at.collection(from).findOne({}, { projection: { _id: 1 } })) === null) continue;
    throw new StoreError(
      'corrupt',
      `The database at ${at.place} holds "${from.name}" of another program, not of Wasl. Name another database in MONGODB_URL.`,
    );
  }
}

async function markNew(preparing: Preparing): Promise<DataMark> {
  await refuseForeign(preparing);
  const mark = currentMark(dataVersionOf(preparing.migrations), preparing.collections);
  await writeDataMark(preparing.at, mark);
  return mark;
}

async function prepareLocked(preparing: Preparing, held: Held): Promise<void> {
  const { at, collections, migrations, now } = preparing;
  const mark = (await readDataMark(at)) ?? (await markNew(preparing));
  refuseNewer(at, mark, dataVersionOf(migrations));
  const migrated = await migrate({ at, held, now }, mark, migrations);
  await derive({ at, held, now }, migrated, collections);
  held.check();
  await ensureIndexes(at, collections);
}

/** Whether there is nothing to do, as at nearly every start: then no lock is taken. */
async function isReady({ at, collections, migrations }: Preparing): Promise<boolean> {
  const mark = await readDataMark(at);
  if (!mark) return false;
  refuseNewer(at, mark, dataVersionOf(migrations));
  if (mark.version !== dataVersionOf(migrations)) return false;
  if (collections.some((from) => mark.derived[from.name] !== derivedText(from))) return false;
  return (await findDifferences(at, collections)).length === 0;
}

/**
 * Brings a database to this program's version: data, what is derived from them, indexes. One process does it, others wait for
 * it; one that dies in it is taken over from.
 * @throws StoreError `newer-data` for data of a newer program, `corrupt` for another program's database.
 */
export async function prepareDatabase(preparing: Preparing): Promise<void> {
  if (await isReady(preparing)) return;
  await underLock(preparing.at, 'preparation', (held) => prepareLocked(preparing, held));
}
