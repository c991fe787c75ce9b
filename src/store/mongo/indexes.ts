import { type AnyCollection, StoreError } from '../port.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicate, isMissing } from './errors.ts';
import { indexPrefix } from './names.ts';
import { indexesOf, keyText, type ServerIndex } from './schema.ts';

interface Difference {
  from: AnyCollection;
  missing: ServerIndex[];
  /** Names of indexes that Wasl made and does not want any more. */
  foreign: string[];
}

type Listed = Pick<ServerIndex, 'name' | 'key' | 'unique'>;

async function list(at: MongoConnection, from: AnyCollection): Promise<Listed[]> {
  try {
    const found = await at.collection(from).indexes();
    return found.map(({ name = '', key, unique = false }) => ({ name, key: key as Listed['key'], unique }));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const isSame = (one: Listed, other: Listed): boolean =>
  keyText(one.key) === keyText(other.key) && one.unique === other.unique;

/** Where the server's indexes of a collection differ from the declared ones. */
export async function compareIndexes(at: MongoConnection, from: AnyCollection): Promise<Difference> {
  const wanted = indexesOf(from);
  const found = await list(at, from);
  const missing = wanted.filter((index) => !found.some((each) => isSame(each, index)));
  const foreign = found.filter((each) => isOurs(each) && !wanted.some((index) => isSame(index, each)));
  return { from, missing, foreign: foreign.map(({ name }) => name) };
}

const isOurs = ({ name }: Listed): boolean => name.startsWith(indexPrefix);

/** The collections whose indexes are not as declared. */
export async function findDifferences(
  at: MongoConnection,
  collections: readonly AnyCollection[],
): Promise<Difference[]> {
  const all = await Promise.all(collections.map((from) => compareIndexes(at, from)));
  return all.filter(({ missing, foreign }) => missing.length > 0 || foreign.length > 0);
}

async function make(at: MongoConnection, { from, missing, foreign }: Difference): Promise<void> {
  const collection = at.collection(from);
  for (const name of foreign) await collection.dropIndex(name);
  if (missing.length === 0) return;
  try {
    await collection.createIndexes(
      missing.map(({ name, key, unique }) => ({ name, key, ...(unique ? { unique, sparse: true } : {}) })),
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const why = `A unique index of ${from.name} cannot be made: documents share its values. Put them right with a migration first.`;
    throw new StoreError('failed', why, { cause: error });
  }
}

/** Makes the declared indexes that are missing and drops those of Wasl that are not declared any more. */
export async function ensureIndexes(at: MongoConnection, collections: readonly AnyCollection[]): Promise<void> {
  for (const difference of await findDifferences(at, collections)) await make(at, difference);
}
