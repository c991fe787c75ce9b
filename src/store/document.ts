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
  const foreign = findForeign(parsed.data, []);
  if (foreign) throw refuse(collection, foreign, 'is not plain JSON (text must be well-formed, numbers finite).');
  const json = JSON.stringify(parsed.data);
  return { document: JSON.parse(json), json };
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
