import { type AnyCollection, type Index, StoreError } from '../port.ts';
import { fieldColumns, fillColumns } from './columns.ts';
import { type Connection, row, rows } from './connection.ts';
import { isConstraint } from './errors.ts';
import { columnFields, columnOf, expiryIndexOf, indexOf, listTableOf, own, tableOf, termTableOf } from './names.ts';
import { fillList, fillTerms } from './side-tables.ts';

const ownTables = `
  CREATE TABLE IF NOT EXISTS ${own.feed} (cursor INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS ${own.counter} (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ${own.probe} (bytes BLOB);
`;

const unquoted = (name: string): string => name.slice(1, -1);

const storedSql = (connection: Connection, name: string): string | null =>
  String(row(connection, 'SELECT sql FROM sqlite_schema WHERE name = ?', unquoted(name))?.[0] ?? '') || null;

/** Documents with null in an indexed field stay out of the index: it is partial. */
function indexSql(from: AnyCollection, index: Index): string {
  const columns = index.on.map(columnOf);
  const key = index.unique || index.on.includes('id') ? columns : [...columns, 'id'];
  const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
  const kind = index.unique ? 'UNIQUE INDEX' : 'INDEX';
  return `CREATE ${kind} ${indexOf(from, index)} ON ${tableOf(from)} (${key.join(', ')}) WHERE ${present}`;
}

function expirySql(from: AnyCollection, field: string): string {
  const column = columnOf(field);
  return `CREATE INDEX ${expiryIndexOf(from)} ON ${tableOf(from)} (${column}, id) WHERE ${column} IS NOT NULL`;
}

function listSql(from: AnyCollection, index: Index): string {
  const columns = index.on.map(columnOf);
  const key = index.unique ? columns : [...columns, 'id'];
  return `CREATE TABLE ${listTableOf(from, index)} (${[...columns, 'id'].join(', ')}, PRIMARY KEY (${key.join(', ')})) WITHOUT ROWID`;
}

/** Only which document has which term is kept: no positions and no text. Short words are found as quickly as long ones. */
const termSql = (from: AnyCollection): string =>
  `CREATE VIRTUAL TABLE ${termTableOf(from)} USING fts5(terms, content='', contentless_delete=1, detail=none, ` +
  `prefix='1 2 3 4', tokenize="ascii tokenchars '_'")`;

/** Drops columns, and first the indexes, which may stand on them; those still wanted are built anew. */
function dropColumns(connection: Connection, table: string, columns: readonly string[]): void {
  if (columns.length === 0) return;
  const indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
  for (const [name] of rows(connection, indexes, table)) connection.db.exec(`DROP INDEX "${String(name)}"`);
  for (const name of columns) connection.db.exec(`ALTER TABLE "${table}" DROP COLUMN "${name}"`);
}

/** Columns that the declaration lacks are dropped: nothing would keep them, and they could be declared again. */
function ensureColumns(connection: Connection, from: AnyCollection): void {
  const table = tableOf(from);
  connection.db.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, doc TEXT NOT NULL)`,
  );
  const wanted = new Set(columnFields(from).map((field) => unquoted(columnOf(field))));
  const columns = fieldColumns(connection, from.name);
  const kept = new Set(columns.filter(({ name, isPlain }) => isPlain && wanted.has(name)).map(({ name }) => name));
  const others = columns.map(({ name }) => name).filter((name) => !kept.has(name));
  dropColumns(connection, from.name, others);
  const missing = [...wanted].filter((name) => !kept.has(name));
  for (const name of missing) connection.db.exec(`ALTER TABLE ${table} ADD COLUMN "${name}"`);
  if (missing.length > 0) fillColumns(connection, from.name);
}

function ensureIndexes(connection: Connection, from: AnyCollection): void {
  const plain = from.indexes.filter((index) => !index.list);
  const wanted = new Map(plain.map((index) => [unquoted(indexOf(from, index)), indexSql(from, index)]));
  if (from.expires) wanted.set(unquoted(expiryIndexOf(from)), expirySql(from, from.expires));
  const kept = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
  for (const [name, sql] of rows(connection, kept, from.name)) {
    if (wanted.get(String(name)) === sql) wanted.delete(String(name));
    else connection.db.exec(`DROP INDEX "${String(name)}"`);
  }
  for (const [name, sql] of wanted) buildUnique(name, () => connection.db.exec(sql));
}

/** Builds an index over the documents there are, and says which one they break. */
function buildUnique(name: string, build: () => void): void {
  try {
    build();
  } catch (error) {
    if (!isConstraint(error)) throw error;
    const why = `The unique index ${name} cannot be made: documents share its values. Put them right with a migration first.`;
    throw new StoreError('failed', why, { cause: error });
  }
}

function ensureLists(connection: Connection, from: AnyCollection): void {
  const lists = from.indexes.filter((index) => index.list);
  const wanted = new Map(lists.map((index) => [unquoted(listTableOf(from, index)), index]));
  const kept = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ?) = ?";
  const prefix = `${from.name}.list.`;
  for (const [name, sql] of rows(connection, kept, prefix.length, prefix)) {
    const index = wanted.get(String(name));
    if (index && listSql(from, index) === sql) wanted.delete(String(name));
    else connection.db.exec(`DROP TABLE "${String(name)}"`);
  }
  for (const [name, index] of wanted) {
    connection.db.exec(listSql(from, index));
    buildUnique(name, () => fillList(connection, from, index));
  }
}

function ensureTerms(connection: Connection, from: AnyCollection): void {
  const table = termTableOf(from);
  const present = storedSql(connection, table) !== null;
  if (!from.terms && present) connection.db.exec(`DROP TABLE ${table}`);
  if (!from.terms || present) return;
  connection.db.exec(termSql(from));
  fillTerms(connection, from);
}

/** Makes what the declarations ask for and drops the indexes they no longer have. Runs inside a transaction. */
export function ensureTables(connection: Connection, collections: readonly AnyCollection[]): void {
  connection.db.exec(ownTables);
  for (const from of collections) {
    ensureColumns(connection, from);
    ensureIndexes(connection, from);
    ensureLists(connection, from);
    ensureTerms(connection, from);
  }
}

/** Drops what is computed from the documents of a collection beside its table; `ensureTables` makes it anew. */
export function dropDerived(connection: Connection, name: string): void {
  const kept = "SELECT name FROM sqlite_schema WHERE type = 'table' AND (substr(name, 1, ?) = ? OR name = ?)";
  const prefix = `${name}.list.`;
  for (const [table] of rows(connection, kept, prefix.length, prefix, `${name}.terms`)) {
    connection.db.exec(`DROP TABLE "${String(table)}"`);
  }
}
