import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One table, one durable insert a message: the least that a server may do that loses nothing. */
export interface Bare {
  insert(address: string, text: string): string;
  close(): void;
}

export function openBare(): Bare {
  const directory = mkdtempSync(join(tmpdir(), 'wasl-bare-'));
  const db = new DatabaseSync(join(directory, 'bare.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE message (id INTEGER PRIMARY KEY, address TEXT, text TEXT)');
  const statement = db.prepare('INSERT INTO message (address, text) VALUES (?, ?)');
  return {
    insert: (address, text) => String(statement.run(address, text).lastInsertRowid),
    close() {
      db.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
