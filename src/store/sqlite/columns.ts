import { scalarAt } from '../document.ts';
import type { AnyCollection, Document } from '../port.ts';
import { type Connection, row, rows, run } from './connection.ts';
import { columnFields, columnOf, tableOf, toSql } from './names.ts';
import { eachDocument } from './side-tables.ts';

type Value = string | number | null;

/**
 * The fields by which documents are found stand beside the document in columns of their own, so that a change touches
 * only the indexes of the fields it changes (SQLite rewrites every index on a column computed from the document).
 */
interface Columns {
  fields: readonly string[];
  select: string;
  insert: string;
  /** The text of an update that sets the version, the document and these columns. */
  update(fields: readonly string[]): string;
}

const marked = (column: string): string => `${column} = ?`;

function createColumns(from: AnyCollection): Columns {
  const fields = columnFields(from);
  const names = ['id', 'doc', ...fields.map(columnOf)];
  const marks = names.map(() => '?').join(', ');
  const updates = new Map<string, string>();
  const update = (changed: readonly string[]): string => {
    const sets = ['version = ?', 'doc = ?', ...changed.map((field) => marked(columnOf(field)))];
    return `UPDATE ${tableOf(from)} SET ${sets.join(', ')} WHERE id = ?`;
  };
  return {
    fields,
    select: `SELECT doc FROM ${tableOf(from)} WHERE id = ?`,
    insert: `INSERT INTO ${tableOf(from)} (version, ${names.join(', ')}) VALUES (1, ${marks}) ON CONFLICT (id) DO NOTHING`,
    update(changed) {
      const key = changed.join();
      const text = updates.get(key) ?? update(changed);
      updates.set(key, text);
      return text;
    },
  };
}

const known = new WeakMap<AnyCollection, Columns>();

function columnsOf(from: AnyCollection): Columns {
  const columns = known.get(from) ?? createColumns(from);
  known.set(from, columns);
  return columns;
}

function valueAt(document: Document, field: string): Value {
  const value = scalarAt(document, field);
  return value === null ? null : toSql(value);
}

/** The text of a document, or null where there is none. */
export function readRow(connection: Connection, from: AnyCollection, id: string): string | null {
  const found = row(connection, columnsOf(from).select, id);
  return found ? String(found[0]) : null;
}

/** Puts the row of a new document; false where its id is taken. */
export function insertRow(connection: Connection, from: AnyCollection, document: Document, json: string): boolean {
  const { fields, insert } = columnsOf(from);
  const values = fields.map((field) => valueAt(document, field));
  return run(connection, insert, document.id, json, ...values) === 1;
}

/** A document that is there, as it is and as it shall be. */
export interface RowChange {
  before: Document;
  after: Document;
  json: string;
}

/** Writes the row of a changed document. */
export function updateRow(connection: Connection, from: AnyCollection, { before, after, json }: RowChange): void {
  const columns = columnsOf(from);
  const changed = columns.fields.filter((field) => valueAt(before, field) !== valueAt(after, field));
  const values = changed.map((field) => valueAt(after, field));
  run(connection, columns.update(changed), after.version, json, ...values, after.id);
}

/** The columns of fields that a table has; earlier builds computed them (`isPlain` is false). */
export function fieldColumns(connection: Connection, table: string): { name: string; isPlain: boolean }[] {
  const all = rows(connection, 'SELECT name, hidden FROM pragma_table_xinfo(?)', table);
  return all
    .map(([name, hidden]) => ({ name: String(name), isPlain: Number(hidden) === 0 }))
    .filter(({ name }) => name.startsWith('f.'));
}

/** Writes the columns of every document of a table anew, from the documents. */
export function fillColumns(connection: Connection, table: string): void {
  const fields = fieldColumns(connection, table).flatMap(({ name, isPlain }) => (isPlain ? [name.slice(2)] : []));
  if (fields.length === 0) return;
  const text = `UPDATE "${table}" SET ${fields.map((field) => marked(columnOf(field))).join(', ')} WHERE id = ?`;
  eachDocument(connection, `"${table}"`, (document) => {
    run(connection, text, ...fields.map((field) => valueAt(document, field)), document.id);
  });
}
