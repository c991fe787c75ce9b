import type { AnyCollection, Change } from '../port.ts';
import { type Connection, numberOf, rows, run } from './connection.ts';
import { own } from './names.ts';

/** The change feed: rows written with the changes they tell of, and listeners called after the commit. */
export interface Feed {
  record(from: AnyCollection, id: string, kind: Change['kind']): void;
  /** How many changes the open transaction has recorded. */
  mark(): number;
  /** Forgets the changes recorded since the mark: their part of the transaction was rolled back. */
  rewind(mark: number): void;
  /** The transaction is durable. */
  commit(): void;
  /** Tells the listeners what is durable since they were told last. */
  publish(): void;
  watch(listener: (changes: readonly Change[]) => void): () => void;
  changes(after: number, limit: number): Change[];
}

const keptRows = 100_000;
const trimEvery = 1000;
const insert = `INSERT INTO ${own.feed} (cursor, collection, id, kind) VALUES (?, ?, ?, ?)`;
const lastCursor = `SELECT max(cursor) FROM ${own.feed}`;
const firstCursor = `SELECT min(cursor) FROM ${own.feed}`;

const toChange = ([cursor, collection, id, kind]: readonly unknown[]): Change => ({
  cursor: Number(cursor),
  collection: String(collection),
  id: String(id),
  kind: kind as Change['kind'], // only `record` writes this column
});

/** Cursors are counted here: the newest row is never trimmed, so none is given twice. */
export function createFeed(connection: Connection, warn: (message: string) => void): Feed {
  let pending: Change[] = [];
  let untold: Change[] = [];
  let committed = numberOf(connection, lastCursor);
  let oldest = numberOf(connection, firstCursor);
  const listeners = new Set<(changes: readonly Change[]) => void>();

  const trim = (cursor: number): void => {
    if (cursor - oldest < keptRows + trimEvery) return;
    oldest = cursor - keptRows;
    run(connection, `DELETE FROM ${own.feed} WHERE cursor < ?`, oldest);
  };
  const tell = (listener: (changes: readonly Change[]) => void, changes: readonly Change[]): void => {
    try {
      listener(changes);
    } catch (error) {
      warn(`A listener of the change feed failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    record(from, id, kind) {
      if (!from.feed) return;
      const cursor = committed + pending.length + 1;
      run(connection, insert, cursor, from.name, id, kind);
      pending.push({ cursor, collection: from.name, id, kind });
      trim(cursor);
    },
    mark: () => pending.length,
    rewind(mark) {
      pending = pending.slice(0, mark);
    },
    commit() {
      committed += pending.length;
      untold.push(...pending);
      pending = [];
    },
    publish() {
      const changes = untold;
      untold = [];
      if (changes.length === 0) return;
      for (const listener of [...listeners]) tell(listener, changes);
    },
    watch(listener) {
      const own = (changes: readonly Change[]): void => listener(changes);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    changes: (after, limit) =>
      rows(
        connection,
        `SELECT cursor, collection, id, kind FROM ${own.feed} WHERE cursor > ? ORDER BY cursor LIMIT ?`,
        after,
        limit,
      ).map(toChange),
  };
}
