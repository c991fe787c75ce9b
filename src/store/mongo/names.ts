import { type AnyCollection, type Index, StoreError } from '../port.ts';

const nameForm = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Collections of the driver itself; a declared collection's name has no dot, so none can collide. */
export const own = {
  units: 'wasl.units',
  feed: 'wasl.feed',
  counters: 'wasl.counters',
  locks: 'wasl.locks',
  meta: 'wasl.meta',
  probes: 'wasl.probes',
  /** Blobs that are being put or removed. */
  uploads: 'wasl.uploads',
  /** Of GridFS, which adds `.files` and `.chunks`. */
  blobs: 'wasl.blobs',
} as const;

/** The path of a declared top-level field in a stored document. */
export const pathOf = (field: string): string => (field === 'id' ? '_id' : field);

/** Where a stored document holds its value for a unique index. */
export const uniquePath = (index: Index): string => `_u.${index.name}`;

/** Begins the names of indexes that are Wasl's; an operator's own ones are left alone. */
export const indexPrefix = 'wasl.';

/** The name of an index by which documents are found. */
export const indexName = (index: Index): string => `${indexPrefix}${index.name}`;

/** The name of a unique index on the server, by which its refusals tell it. */
export const uniqueName = (index: Index): string => `${indexPrefix}u.${index.name}`;

/** Top-level fields that a declaration names. */
const declaredFields = (from: AnyCollection): string[] => [
  ...from.indexes.flatMap((index) => [...index.on]),
  ...(from.filters ?? []),
  ...(from.expires ? [from.expires] : []),
];

/**
 * Names go into paths, where a dot or a dollar would mean something else, and what begins with `_` is the driver's own.
 * @throws StoreError `failed`, naming the collection and the name.
 */
export function checkNames(collections: readonly AnyCollection[]): void {
  for (const from of collections) {
    const names = [from.name, ...declaredFields(from), ...from.indexes.map(({ name }) => name)];
    const wrong = names.find((name) => !nameForm.test(name));
    if (wrong === undefined) continue;
    throw new StoreError('failed', `The collection "${from.name}" declares "${wrong}": use letters, digits, _ and -.`);
  }
}
