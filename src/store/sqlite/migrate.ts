import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataVersionOf, type Migration } from '../migrations.ts';
import { StoreError } from '../port.ts';
import { fillColumns } from './columns.ts';
import { type Connection, inTransaction, numberOf, row, run } from './connection.ts';
import { files } from './names.ts';
import { eachDocument } from './side-tables.ts';
import { syncDirectory } from './sync-file.ts';
import { dropDerived } from './tables.ts';

/** "Wasl" in ASCII: tells our file from another program's (sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x5761736c;

const hasTables = (connection: Connection): boolean => row(connection, 'SELECT 1 FROM sqlite_schema') !== undefined;

function stamp(connection: Connection, version: number): void {
  connection.db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`);
}

/** Keeps the database as it was before a migration, beside it: complete once it has its name, durable before the change. */
function keepCopy(connection: Connection, version: number): void {
  const target = join(connection.directory, `${files.database}.before-${version}`);
  rmSync(`${target}.part`, { force: true });
  run(connection, 'VACUUM INTO ?', `${target}.part`);
  renameSync(`${target}.part`, target);
  syncDirectory(connection.directory);
}

function changeCollection(connection: Connection, name: string, change: Migration['change'][string]): void {
  const table = `"${name}"`;
  if (!row(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", name)) return;
  eachDocument(connection, table, (document) => {
    const changed = change({ ...document });
    if (changed) run(connection, `UPDATE ${table} SET doc = ? WHERE id = ?`, JSON.stringify(changed), document.id);
    else run(connection, `DELETE FROM ${table} WHERE id = ?`, document.id);
  });
  fillColumns(connection, name);
  dropDerived(connection, name);
}

function apply(connection: Connection, migration: Migration): void {
  inTransaction(connection, () => {
    for (const [name, change] of Object.entries(migration.change)) changeCollection(connection, name, change);
    stamp(connection, migration.version);
  });
}

export function refuseForeign(connection: Connection, current: number, newest: number): void {
  if (numberOf(connection, 'PRAGMA application_id') !== applicationId) {
    throw new StoreError(
      'corrupt',
      `${files.database} in ${connection.directory} is another program's database, not Wasl's.`,
    );
  }
  if (current <= newest) return;
  throw new StoreError(
    'newer-data',
    `The data in ${connection.directory} are of version ${current}, this Wasl knows version ${newest}: run the newer Wasl, or restore a backup made by this one.`,
  );
}

/**
 * Brings the data to this program's version, or marks a new database with it. An interrupted run goes on at the
 * step it was in, which was rolled back.
 * @throws StoreError `newer-data` for data of a newer program, `corrupt` for another program's file.
 */
export function migrate(connection: Connection, list: readonly Migration[]): void {
  const newest = dataVersionOf(list);
  if (!hasTables(connection)) {
    inTransaction(connection, () => stamp(connection, newest));
    return;
  }
  const current = numberOf(connection, 'PRAGMA user_version');
  refuseForeign(connection, current, newest);
  const due = list.filter((migration) => migration.version > current);
  if (due[0]) keepCopy(connection, due[0].version);
  for (const migration of due) apply(connection, migration);
}
