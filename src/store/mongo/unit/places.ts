import type { Native } from '../connection.ts';
import { isDuplicateWrite, isUnavailable } from '../errors.ts';
import type { Stored } from '../stored.ts';
import { type Place, placeText } from './evaluate.ts';
import type { AnyBulkWriteOperation } from './native.ts';

type Operation = AnyBulkWriteOperation<Stored>;

/** Documents by collection, read and written with few calls, the collections side by side. */
export interface Places {
  /** The stored forms, by `placeText`; null where there is none. */
  read(places: readonly Place[]): Promise<Map<string, Stored | null>>;
  /** Does every write, in no order; gives how many found their document. Throws what a server refused. */
  write(writes: readonly (readonly [Place['from'], Operation])[], before?: () => Promise<void> | void): Promise<number>;
}

interface Options {
  collection: (from: Place['from']) => Native<Stored>;
  /** The most that goes to the server in one call. */
  batch: number;
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

function grouped<T, U>(list: readonly T[], keyOf: (each: T) => Place['from'], toValue: (each: T) => U) {
  const groups = new Map<Place['from'], U[]>();
  for (const each of list) {
    const group = groups.get(keyOf(each));
    if (group) group.push(toValue(each));
    else groups.set(keyOf(each), [toValue(each)]);
  }
  return [...groups];
}

/** An id alone is asked for as it is, which every server answers from its index. */
export const amongIds = (ids: readonly string[]) =>
  ids.length === 1 ? { _id: ids[0] as string } : { _id: { $in: [...ids] } };

/** Whether all that a bulk write met were values that are taken. */
export function isOnlyDuplicates(error: unknown): boolean {
  const errors: unknown = Reflect.get(Object(error), 'writeErrors');
  return Array.isArray(errors) && errors.length > 0 && errors.every(isDuplicateWrite);
}

/** The first failure of several calls, once all of them have ended; one that leaves the outcome open goes before all. */
async function allEnded(calls: readonly Promise<number>[]): Promise<number> {
  const results = await Promise.allSettled(calls);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw failures.find(isUnavailable) ?? failures[0];
  return results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
}

export function createPlaces({ collection, batch }: Options): Places {
  const writeAll = async (from: Place['from'], operations: Operation[], before?: () => Promise<void> | void) => {
    let found = 0;
    for (const part of chunks(operations, batch)) {
      await before?.();
      const result = await collection(from).bulkWrite(part, { ordered: false });
      found += result.insertedCount + result.matchedCount + result.deletedCount;
    }
    return found;
  };
  return {
    async read(places) {
      const found = new Map<string, Stored | null>(places.map(({ from, id }) => [placeText(from, id), null]));
      const readAll = async (from: Place['from'], ids: string[]): Promise<void> => {
        const stored = await collection(from).find(amongIds(ids)).toArray();
        for (const each of stored) found.set(placeText(from, each._id), each);
      };
      const byCollection = grouped(
        places,
        ({ from }) => from,
        ({ id }) => id,
      );
      await Promise.all(
        byCollection.flatMap(([from, ids]) => chunks([...new Set(ids)], 1000).map((part) => readAll(from, part))),
      );
      return found;
    },
    write: (writes, before) =>
      allEnded(
        grouped(
          writes,
          ([from]) => from,
          ([, operation]) => operation,
        ).map(([from, operations]) => writeAll(from, operations, before)),
      ),
  };
}
