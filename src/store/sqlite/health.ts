import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../port.ts';
import { type Connection, row, run } from './connection.ts';
import { files, own } from './names.ts';

/** Measured: the check reads 0.5 (with search terms) to 1.2 GB a second, so these cost at most some 30 ms and some 4 s. */
const alwaysBelow = 16 * 1024 * 1024;
const afterCrashBelow = 2 * 1024 * 1024 * 1024;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** True where the database is worth a check at opening: it is small, or its last user did not close it. */
export function deservesCheck(directory: string): boolean {
  const size = sizeOf(join(directory, files.database));
  const wasClosed = sizeOf(join(directory, `${files.database}-wal`)) === 0;
  return size < (wasClosed ? alwaysBelow : afterCrashBelow);
}

/** @throws StoreError `corrupt` where SQLite finds damage. */
export function checkIntegrity(connection: Connection): void {
  const found = String(row(connection, 'PRAGMA quick_check(1)')?.[0]);
  if (found === 'ok') return;
  throw new StoreError(
    'corrupt',
    `The database ${files.database} in ${connection.directory} is damaged (${found}). Restore the last backup: npm run restore -- <backup>`,
  );
}

const leastFree = 16 * 1024 * 1024;
const probeBytes = 32 * 1024;

/** @throws StoreError `disk-full` where there is less room than a busy minute needs. */
export async function checkSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize >= leastFree) return;
  throw new StoreError('disk-full', `The disk that holds ${directory} has less than 16 MB left. Free space.`);
}

/** Writes and removes some pages inside a transaction: proves that there is room in the database itself. */
export function probeWriting(connection: Connection): void {
  run(connection, `INSERT INTO ${own.probe} VALUES (zeroblob(${probeBytes}))`);
  run(connection, `DELETE FROM ${own.probe}`);
}
