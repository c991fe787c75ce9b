import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../port.ts';
import { isBusy } from './errors.ts';
import { files } from './names.ts';

function holderOf(directory: string): string {
  try {
    const pid = readFileSync(join(directory, files.pid), 'utf8').trim();
    return /^\d+$/.test(pid) ? `process ${pid}` : 'another process';
  } catch {
    return 'another process';
  }
}

/**
 * Takes a directory for this process; gives what frees it. The lock is one that SQLite has the operating system hold,
 * so it ends with its process however that ends. Its file must never be opened otherwise: closing any handle on it
 * would end the lock (POSIX), which is why the process id stands in a file of its own.
 * @throws StoreError `in-use`, naming the directory and the process that has it.
 */
export function lockDirectory(directory: string): () => void {
  const db = new DatabaseSync(join(directory, files.lock), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new StoreError(
      'in-use',
      `${directory} is in use by ${holderOf(directory)}. Stop that Wasl first, or give this one another DATA_DIR.`,
    );
  }
  try {
    writeFileSync(join(directory, files.pid), `${process.pid}\n`);
  } catch (error) {
    db.close();
    throw error;
  }
  return () => db.close();
}
