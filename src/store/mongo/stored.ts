import { listAt, scalarAt } from '../document.ts';
import type { AnyCollection, Document, Index } from '../port.ts';

/**
 * A document as the database has it: `_id` for its id, names in its data escaped, and beside its fields those of the driver,
 * which begin with `_`.
 */
export interface Stored {
  _id: string;
  version: number;
  /** For each unique index that the document is in, its values as one text (of a list index: one for each element). */
  _u?: Record<string, string | string[]>;
  /** Folded words under which `search` finds it. */
  _terms?: string[];
  /** The undecided or unfinished unit of writes that holds it. */
  _unit?: string;
  /** It is there only if that unit is committed. */
  _new?: boolean;
  /** What it becomes if that unit is committed; null: it goes. */
  _next?: Stored | null;
  /** `_u` as it was, for as long as the unit is undecided. */
  _old?: Record<string, string | string[]> | null;
  /** Tells a document from an earlier one of the same id and version. */
  _born?: string;
  /** The version of the data to which a migration has brought it, so that none is done twice. */
  _form?: number;
  [field: string]: unknown;
}

/** Signs that a server gives a meaning of its own in names, and `%` itself. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL ends a name on the wire
const special = /[%.$\u0000]/g;
/** Names that mean something to JavaScript or to the library that writes documents. */
const taken = new Set(['__proto__', '_bsontype']);
/** Holds a list that stands directly in a list, which some servers refuse. No escaped name is like it. */
const inner = '%list';

const toHex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;

function escapeName(name: string): string {
  if (name === '') return '%';
  if (taken.has(name)) return `%5f${name.slice(1)}`;
  return name.replace(special, toHex);
}

function toPlainName(name: string): string {
  if (name === '%') return '';
  return name.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function set(object: Record<string, unknown>, name: string, value: unknown): void {
  // an assignment to this name would set the prototype
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { configurable: true, enumerable: true, writable: true, value });
}

/** A value of a document in the form that every server takes. */
function toSafe(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((each) => (Array.isArray(each) ? { [inner]: toSafe(each) } : toSafe(each)));
  if (typeof value !== 'object' || value === null) return value;
  const escaped: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) escaped[escapeName(name)] = toSafe(each);
  return escaped;
}

function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, inner)) return toPlain(Reflect.get(value, inner));
  const plain: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) set(plain, toPlainName(name), toPlain(each));
  return plain;
}

/** A record of the driver's own in the form that every server takes: some refuse a list in a list. */
export const safeForm = <T>(record: T): T => toSafe(record) as T;

/** The record that was written by its safe form. */
export const plainForm = <T>(stored: T): T => toPlain(stored) as T;

/** The values of a document for a unique index, as one text each; null where it is not in that index. */
function uniqueValue(index: Index, document: Document): string | string[] | null {
  const fields = index.list ? index.on.slice(1) : index.on;
  const values = fields.map((field) => scalarAt(document, field));
  if (values.includes(null)) return null;
  if (!index.list) return JSON.stringify(values);
  const texts = listAt(document, index.on[0] ?? '').map((element) => JSON.stringify([element, ...values]));
  return texts.length > 0 ? texts : null;
}

/** What `_u` of a document is; undefined where it is in no unique index. */
export function uniqueValues(from: AnyCollection, document: Document): Stored['_u'] {
  const values: Record<string, string | string[]> = {};
  for (const index of from.indexes) {
    const value = index.unique ? uniqueValue(index, document) : null;
    if (value !== null) values[index.name] = value;
  }
  return Object.keys(values).length > 0 ? values : undefined;
}

/** The stored form of a document that has been checked, without any trace of a unit. */
export function toStored(from: AnyCollection, document: Document): Stored {
  const { id, version, ...fields } = document;
  const stored: Stored = { _id: id, version, ...(toSafe(fields) as object) };
  const unique = uniqueValues(from, document);
  if (unique) stored._u = unique;
  if (from.terms) stored._terms = [...new Set(from.terms(document))];
  return stored;
}

/** The document of a stored form, fresh: nobody else holds any part of it. */
export function toDocument(stored: Stored): Document {
  const document: Document = { id: stored._id, version: stored.version };
  for (const [name, value] of Object.entries(stored)) {
    if (!name.startsWith('_')) Reflect.set(document, toPlainName(name), toPlain(value));
  }
  return document;
}
