import { StoreError, type StoreErrorCode } from '../port.ts';

/** Primary result codes of SQLite, sqlite.org/rescode.html. */
const result = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
};

type Case = readonly [StoreErrorCode, (directory: string) => string];

const diskFull: Case = [
  'disk-full',
  (directory) =>
    `The disk that holds ${directory} is full: this change was not kept. Free space; Wasl goes on by itself.`,
];
const readOnly: Case = [
  'read-only',
  (directory) => `Wasl may not write in ${directory}. Give its user write access to the directory and the files in it.`,
];
const corrupt: Case = [
  'corrupt',
  (directory) =>
    `The database wasl.db in ${directory} is damaged or not a database. Stop Wasl and restore the last backup: npm run restore -- <backup>`,
];
const ioError: Case = [
  'failed',
  (directory) =>
    `Reading or writing in ${directory} failed: this change was not kept. Check the disk and its file system.`,
];
const busy: Case = [
  'failed',
  (directory) =>
    `The database in ${directory} stayed locked by another program: this change was not kept. End that program.`,
];
const other: Case = ['failed', (directory) => `The store in ${directory} failed: this change was not kept.`];

const bySqlite: ReadonlyMap<number, Case> = new Map([
  [result.busy, busy],
  [result.readOnly, readOnly],
  [result.ioError, ioError],
  [result.corrupt, corrupt],
  [result.full, diskFull],
  [result.cannotOpen, readOnly],
  [result.notADatabase, corrupt],
]);

const bySystem: ReadonlyMap<string, Case> = new Map([
  ['ENOSPC', diskFull],
  ['EDQUOT', diskFull],
  ['EACCES', readOnly],
  ['EPERM', readOnly],
  ['EROFS', readOnly],
  ['EIO', ioError],
]);

/** SQLite's primary result code of a thrown error, or null where SQLite did not throw it. */
function resultCode(error: unknown): number | null {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : null;
  return typeof code === 'number' ? code & 0xff : null;
}

export const isConstraint = (error: unknown): boolean => resultCode(error) === result.constraint;
export const isBusy = (error: unknown): boolean => resultCode(error) === result.busy;

export function systemCode(error: unknown): string | null {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' ? code : null;
}

/** Any error as a StoreError with a sentence for the operator. A StoreError stays what it is. */
export function asStoreError(error: unknown, directory: string): StoreError {
  if (error instanceof StoreError) return error;
  const [code, sentence] = bySqlite.get(resultCode(error) ?? -1) ?? bySystem.get(systemCode(error) ?? '') ?? other;
  return new StoreError(code, sentence(directory), { cause: error });
}
