import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { files } from './names.ts';

/** One open database with its prepared statements. Everything on it is synchronous, so a turn sees no half-done write. */
export interface Connection {
  readonly directory: string;
  readonly db: DatabaseSync;
  /** The statement for a text, prepared at its first use. Rows come as arrays of columns. */
  prepare(text: string): StatementSync;
  /** The same for a statement that changes rows and gives none. */
  prepareChange(text: string): StatementSync;
  /** How many rows `run` has changed; tells whether a piece of work that failed has left anything behind. */
  readonly tally: { changed: number };
}

export type Row = readonly unknown[];

/** Rows of a statement, each a list of its columns. */
export const rows = (connection: Connection, text: string, ...values: SQLInputValue[]): Row[] =>
  // setReturnArrays makes lists of columns, which the library's types do not say
  connection.prepare(text).all(...values) as unknown as Row[];

/** The first row of a statement, or undefined. */
export const row = (connection: Connection, text: string, ...values: SQLInputValue[]): Row | undefined =>
  connection.prepare(text).get(...values) as unknown as Row | undefined;

/** Runs a change; gives how many rows it changed. */
export function run(connection: Connection, text: string, ...values: SQLInputValue[]): number {
  const changes = Number(connection.prepareChange(text).run(...values).changes);
  connection.tally.changed += changes;
  return changes;
}

/** The number that a statement such as a count or a pragma gives. */
export const numberOf = (connection: Connection, text: string, ...values: SQLInputValue[]): number =>
  Number(row(connection, text, ...values)?.[0] ?? 0);

/** `fullfsync` matters on macOS only, where a plain fsync may leave the bytes in the drive's cache. */
const settings = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = 1;
  PRAGMA checkpoint_fullfsync = 1;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -32000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA wal_autocheckpoint = 4000;
`;

export function connect(directory: string): Connection {
  const db = new DatabaseSync(join(directory, files.database), { enableForeignKeyConstraints: false, timeout: 5000 });
  try {
    db.exec(settings);
  } catch (error) {
    db.close();
    throw error;
  }
  const prepare = remember((text) => {
    const statement = db.prepare(text);
    statement.setReturnArrays(true);
    return statement;
  });
  const prepareChange = remember((text) => {
    const statement = db.prepare(text);
    // the search index leaves a last row number beyond the safe integers, over which `run` would fail
    statement.setReadBigInts(true);
    return statement;
  });
  return { directory, db, prepare, prepareChange, tally: { changed: 0 } };
}

function remember(prepare: (text: string) => StatementSync): (text: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (text) => {
    const statement = statements.get(text) ?? prepare(text);
    statements.set(text, statement);
    return statement;
  };
}

/** Runs `work` in a transaction of its own: all of it or, where it throws, nothing. */
export function inTransaction(connection: Connection, work: () => void): void {
  connection.db.exec('BEGIN IMMEDIATE');
  try {
    work();
    connection.db.exec('COMMIT');
  } catch (error) {
    if (connection.db.isTransaction) connection.db.exec('ROLLBACK');
    throw error;
  }
}
