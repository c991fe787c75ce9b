import { type AnyCollection, StoreError } from '../port.ts';
import type { MongoConnection } from './connection.ts';

/** What the database says of its data. */
export interface DataMark {
  /** The version of the data's form. */
  version: number;
  /** For each collection, from what its derived fields (`_u`, `_terms`) were made; none while they are being made. */
  derived: Record<string, string>;
}

type Kept = DataMark & { _id: string };
const id = 'data';

/** The mark; null where no Wasl has ever written. */
export async function readDataMark(at: MongoConnection): Promise<DataMark | null> {
  const found = await at.own<Kept>('meta').findOne({ _id: id });
  return found ? { version: found.version, derived: found.derived } : null;
}

/** Writes the mark anew. */
export async function writeDataMark(at: MongoConnection, { version, derived }: DataMark): Promise<void> {
  await at.own<Kept>('meta').replaceOne({ _id: id }, { version, derived }, { upsert: true });
}

/** From what a collection's derived fields are made. What `terms` gives is code: a change of it takes a migration that names it. */
export function derivedText(from: AnyCollection): string {
  const unique = from.indexes.filter((index) => index.unique).map(({ name, on, list }) => [name, on, list === true]);
  return JSON.stringify({ unique, terms: from.terms !== undefined });
}

/** Whether nothing is derived from the documents of a collection. */
export const isUnderived = (from: AnyCollection): boolean => !from.terms && from.indexes.every(({ unique }) => !unique);

/** The mark of data that this program has written. */
export const currentMark = (version: number, collections: readonly AnyCollection[]): DataMark => ({
  version,
  derived: Object.fromEntries(collections.map((from) => [from.name, derivedText(from)])),
});

/** @throws StoreError `newer-data`. */
export function refuseNewer(at: MongoConnection, { version }: DataMark, newest: number): void {
  if (version <= newest) return;
  throw new StoreError(
    'newer-data',
    `The data in ${at.place} are of version ${version}, this Wasl knows version ${newest}: run the newer Wasl, or restore a backup made before it.`,
  );
}
