import { type AnyCollection, type Index, type Scalar, StoreError } from '../port.ts';

const nameForm = /^[A-Za-z][A-Za-z0-9_-]*$/;

export const files = {
  database: 'wasl.db',
  lock: 'wasl.lock',
  pid: 'wasl.pid',
  blobs: 'blobs',
  key: 'encryption.key',
  restoring: 'wasl.restoring',
  moving: 'wasl.moving',
} as const;

/** Tables of the store itself; a collection's name has no dot, so none can collide. */
export const own = { feed: '"wasl.feed"', counter: '"wasl.counter"', probe: '"wasl.probe"' } as const;

export const tableOf = (from: AnyCollection): string => `"${from.name}"`;
export const indexOf = (from: AnyCollection, index: Index): string => `"${from.name}.${index.name}"`;
export const listTableOf = (from: AnyCollection, index: Index): string => `"${from.name}.list.${index.name}"`;
export const termTableOf = (from: AnyCollection): string => `"${from.name}.terms"`;
export const expiryIndexOf = (from: AnyCollection): string => `"${from.name}.expires"`;

/** The column that holds a document's top-level field. */
export const columnOf = (field: string): string => (field === 'id' || field === 'version' ? field : `"f.${field}"`);

/** SQLite has no booleans: its JSON functions give 1 and 0 for them, so comparisons do too. */
export const toSql = (value: Scalar): string | number => (typeof value === 'boolean' ? Number(value) : value);

/** Top-level fields that need a column: those of indexes, filters and expiry. */
export function columnFields(from: AnyCollection): string[] {
  const indexed = from.indexes.flatMap((index) => (index.list ? index.on.slice(1) : index.on));
  const fields = new Set([...indexed, ...(from.filters ?? []), ...(from.expires ? [from.expires] : [])]);
  return [...fields].filter((field) => field !== 'id' && field !== 'version');
}

/** Names go into SQL as they are, so only plain ones are let in. */
export function checkNames(collections: readonly AnyCollection[]): void {
  for (const from of collections) {
    const names = [from.name, ...columnFields(from), ...from.indexes.flatMap((index) => [index.name, ...index.on])];
    const wrong = names.find((name) => !nameForm.test(name));
    if (wrong === undefined) continue;
    throw new StoreError('failed', `The collection "${from.name}" declares "${wrong}": use letters, digits, _ and -.`);
  }
}
