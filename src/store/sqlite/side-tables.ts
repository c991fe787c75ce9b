import { listAt, scalarAt } from '../document.ts';
import type { AnyCollection, Document, Index } from '../port.ts';
import { type Connection, row, rows, run } from './connection.ts';
import { columnOf, listTableOf, tableOf, termTableOf, toSql } from './names.ts';
import { indexText } from './terms.ts';

type Entry = (string | number)[];

/** The entries of a document in a list index: one per element; none where a further field is null. */
export function listEntries(index: Index, document: Document): Entry[] {
  const [list = '', ...others] = index.on;
  const further: Entry = [];
  for (const field of others) {
    const value = scalarAt(document, field);
    if (value === null) return [];
    further.push(toSql(value));
  }
  return listAt(document, list).map((element) => [element, ...further]);
}

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

function addEntry(connection: Connection, from: AnyCollection, index: Index, values: Entry): void {
  run(connection, `INSERT INTO ${listTableOf(from, index)} VALUES (${marks(values.length)})`, ...values);
}

function dropEntry(connection: Connection, from: AnyCollection, index: Index, values: Entry): void {
  const same = [...index.on.map(columnOf), 'id'].map((column) => `${column} = ?`).join(' AND ');
  run(connection, `DELETE FROM ${listTableOf(from, index)} WHERE ${same}`, ...values);
}

function changeList(connection: Connection, from: AnyCollection, index: Index, change: Replacement): void {
  const before = new Map(change.before ? keyed(index, change.before) : []);
  const after = new Map(change.after ? keyed(index, change.after) : []);
  for (const [key, entry] of before) if (!after.has(key)) dropEntry(connection, from, index, entry);
  for (const [key, entry] of after) if (!before.has(key)) addEntry(connection, from, index, entry);
}

const keyed = (index: Index, document: Document): [string, Entry][] =>
  listEntries(index, document).map((entry) => [JSON.stringify(entry), [...entry, document.id]]);

/** A document before and after a change; null where there is none. */
export interface Replacement {
  before: Document | null;
  after: Document | null;
}

/** The document's row number, by which the search index knows it. */
const rowNumber = (from: AnyCollection): string => `(SELECT seq FROM ${tableOf(from)} WHERE id = ?)`;

/** Whether a change leaves all that the terms come from as it was. */
function keepsTerms({ termsFrom }: AnyCollection, { before, after }: Replacement): boolean {
  if (!termsFrom || !before || !after) return false;
  return termsFrom.every((field) => scalarAt(before, field) === scalarAt(after, field));
}

function changeTerms(connection: Connection, from: AnyCollection, change: Replacement): void {
  if (keepsTerms(from, change)) return;
  const table = termTableOf(from);
  const before = change.before && indexText(from, change.before);
  const after = change.after && indexText(from, change.after);
  if (before === after) return;
  if (change.before) run(connection, `DELETE FROM ${table} WHERE rowid = ${rowNumber(from)}`, change.before.id);
  if (!change.after || !after) return;
  run(connection, `INSERT INTO ${table} (rowid, terms) VALUES (${rowNumber(from)}, ?)`, change.after.id, after);
}

/** Brings the list entries and search terms of a changed document up to date, while its row is there. */
export function changeSideTables(connection: Connection, from: AnyCollection, change: Replacement): void {
  for (const index of from.indexes) if (index.list) changeList(connection, from, index, change);
  if (from.terms) changeTerms(connection, from, change);
}

/** Every document of a collection in the order of ids, read in parts, so that `each` may write to its table. */
export function eachDocument(connection: Connection, table: string, each: (document: Document) => void): void {
  let last = '';
  for (;;) {
    const part = rows(connection, `SELECT id, doc FROM ${table} WHERE id > ? ORDER BY id LIMIT 500`, last);
    for (const [id, doc] of part) {
      last = String(id);
      each(JSON.parse(String(doc)));
    }
    if (part.length < 500) return;
  }
}

/** Fills a new list index from the documents there are. */
export function fillList(connection: Connection, from: AnyCollection, index: Index): void {
  eachDocument(connection, tableOf(from), (after) => changeList(connection, from, index, { before: null, after }));
}

/** Fills a new table of search terms from the documents there are. */
export function fillTerms(connection: Connection, from: AnyCollection): void {
  eachDocument(connection, tableOf(from), (after) => changeTerms(connection, from, { before: null, after }));
}

/** The name of a unique index by which another document stands in the way of this one, or null. */
export function findViolated(connection: Connection, from: AnyCollection, document: Document): string | null {
  for (const index of from.indexes) {
    if (index.unique && isTaken(connection, from, index, document)) return index.name;
  }
  return null;
}

function isTaken(connection: Connection, from: AnyCollection, index: Index, document: Document): boolean {
  const same = index.on.map((field) => `${columnOf(field)} = ?`).join(' AND ');
  const table = index.list ? listTableOf(from, index) : tableOf(from);
  const entries = index.list ? listEntries(index, document) : [plainEntry(index, document)];
  const other = `SELECT 1 FROM ${table} WHERE ${same} AND id <> ?`;
  return entries.some((entry) => entry.length > 0 && row(connection, other, ...entry, document.id) !== undefined);
}

function plainEntry(index: Index, document: Document): Entry {
  const values = index.on.map((field) => scalarAt(document, field));
  return values.every((value) => value !== null) ? values.map(toSql) : [];
}
