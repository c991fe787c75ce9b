import { type ZodType, z } from 'zod';
import type { AnyCollection, Document, Scalar } from './port.ts';
import { StoreError } from './port.ts';

type Path = readonly (string | number)[];

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Whether JSON carries a value unchanged, its inner values aside. A lone surrogate it does not: UTF-8 has no form for it. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || value === undefined || typeof value === 'boolean') return true;
  return typeof value === 'object' && (Array.isArray(value) || isPlainObject(value));
}

/** The path of the first value that JSON cannot carry, or null. */
function findForeign(value: unknown, path: Path): Path | null {
  if (!isPlain(value)) return path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = key.isWellFormed() ? findForeign(inner, [...path, key]) : path;
    if (found) return found;
  }
  return null;
}

/** What stands for a value that JSON cannot carry. */
const foreign = Symbol('foreign');

const copyList = (list: readonly unknown[]): unknown => {
  const copy: unknown[] = [];
  for (const inner of list) {
    const copied = inner === undefined ? null : copyPlain(inner);
    if (copied === foreign) return foreign;
    copy.push(copied);
  }
  return copy;
};

function copyObject(object: object): unknown {
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(object)) {
    if (inner === undefined) continue;
    const copied = key.isWellFormed() ? copyPlain(inner) : foreign;
    if (copied === foreign) return foreign;
    // an assignment to this key would set the prototype
    if (key === '__proto__') Object.defineProperty(copy, key, { ...ownValue, value: copied });
    else copy[key] = copied;
  }
  return copy;
}

const ownValue = { configurable: true, enumerable: true, writable: true };

/** A value as JSON would give it back, or `foreign`: checked and copied in one walk, which costs less than parsing its text. */
function copyPlain(value: unknown): unknown {
  if (!isPlain(value)) return foreign;
  if (typeof value === 'number') return value + 0; // JSON has no minus zero
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? copyList(value) : copyObject(value);
}

const refuse = (collection: AnyCollection, path: Path, what: string): StoreError =>
  new StoreError('document-invalid', `${collection.name}: the field "${path.join('.') || '(whole)'}" ${what}`);

/** A document as a driver writes it: `json` is its text, `document` what a reader of that text gets. */
export interface Checked<T extends Document = Document> {
  document: T;
  json: string;
}

/**
 * Checks a document against its collection's schema and against JSON, and gives it in the form that is stored
 * (defaults of the schema filled in, unknown and undefined fields left out).
 * @throws StoreError `document-invalid`, naming collection and field, never a value.
 */
export function checkDocument(collection: AnyCollection, candidate: unknown): Checked {
  const parsed = collection.schema.safeParse(candidate);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(collection, issue?.path.map(String) ?? [], `does not fit the schema (${issue?.code ?? 'unknown'}).`);
  }
  const document = copyPlain(parsed.data);
  // the schema gave a document, of which this is a copy
  if (document !== foreign) return { document: document as Document, json: JSON.stringify(document) };
  const path = findForeign(parsed.data, []) ?? [];
  throw refuse(collection, path, 'is not plain JSON (text must be well-formed, numbers finite).');
}

/** The schemas of a collection's fields, where nothing is asked of several fields together; else null. */
function fieldsOf({ schema }: AnyCollection): Readonly<Record<string, ZodType>> | null {
  if (!(schema instanceof z.ZodObject) || (schema.def.checks ?? []).length > 0) return null;
  return schema.shape as Record<string, ZodType>;
}

/**
 * Checks a changed document of which all but the given fields stand in the store as they are: only these are looked at.
 * @throws StoreError `document-invalid`, naming collection and field, never a value.
 */
export function checkChanged(collection: AnyCollection, changed: Document, fields: readonly string[]): Checked {
  const schemas = fieldsOf(collection);
  const document: Record<string, unknown> = { ...changed };
  for (const field of fields) {
    const parsed = schemas?.[field]?.safeParse(document[field]);
    // what is wrong, or unknown, is said by the check of the whole
    if (!parsed?.success) return checkDocument(collection, changed);
    const copied = parsed.data === undefined ? undefined : copyPlain(parsed.data);
    if (copied === foreign) return checkDocument(collection, changed);
    if (copied === undefined) delete document[field];
    else document[field] = copied;
  }
  return { document: document as unknown as Document, json: JSON.stringify(document) };
}

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The value of a top-level field by which a document may be indexed, or null where there is none. */
export function scalarAt(document: Document, field: string): Scalar | null {
  const value: unknown = Reflect.get(document, field);
  return isScalar(value) ? value : null;
}

/** The distinct strings of a list field; none where it is absent. */
export function listAt(document: Document, field: string): string[] {
  const value: unknown = Reflect.get(document, field);
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((element): element is string => typeof element === 'string'))];
}
