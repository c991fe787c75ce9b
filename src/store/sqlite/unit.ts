import { applyChange, isExpected } from '../change.ts';
import { type Checked, checkChanged, checkDocument } from '../document.ts';
import type { AnyCollection, Document, Insert, Op, Remove, Update, WriteResult } from '../port.ts';
import { insertRow, readRow, updateRow } from './columns.ts';
import { type Connection, run } from './connection.ts';
import { isConstraint } from './errors.ts';
import type { Feed } from './feed.ts';
import { tableOf } from './names.ts';
import { changeSideTables, findViolated } from './side-tables.ts';

/** What the writing functions need: the open transaction's connection, and the feed to record changes in. */
export interface Writer {
  connection: Connection;
  feed: Feed;
}

type Refusal = Omit<Extract<WriteResult, { ok: false }>, 'at' | 'ok'>;
type Step = { document: Document | null } | { refusal: Refusal };

/** The stored document, or null. */
export function readDocument(connection: Connection, from: AnyCollection, id: string): Document | null {
  const json = readRow(connection, from, id);
  return json === null ? null : JSON.parse(json);
}

/** Runs a statement that a unique index may refuse; gives the refusal, or null where it went through. */
function guardUnique(writer: Writer, from: AnyCollection, document: Document, write: () => void): Refusal | null {
  try {
    write();
    return null;
  } catch (error) {
    const index = isConstraint(error) ? findViolated(writer.connection, from, document) : null;
    if (index === null) throw error;
    return { reason: 'duplicate', index };
  }
}

function insert(writer: Writer, op: Insert, checked: Checked): Step {
  const { connection } = writer;
  const { document, json } = checked;
  let isNew = true;
  const refusal = guardUnique(writer, op.in, document, () => {
    isNew = insertRow(connection, op.in, document, json);
    if (isNew) changeSideTables(connection, op.in, { before: null, after: document });
  });
  if (refusal) return { refusal };
  if (!isNew) {
    const current = readDocument(connection, op.in, document.id);
    return op.onDuplicate === 'keep' ? { document: current } : { refusal: { reason: 'duplicate', index: 'id' } };
  }
  writer.feed.record(op.in, document.id, 'insert');
  return { document };
}

/** Replaces a document by one of which the given fields were changed, one version later. */
export function replaceDocument(
  writer: Writer,
  from: AnyCollection,
  { before, changed, fields }: { before: Document; changed: Document; fields: readonly string[] },
): Step {
  const { connection } = writer;
  const next = { ...changed, id: before.id, version: before.version + 1 };
  const { document: after, json } = checkChanged(from, next, fields);
  const refusal = guardUnique(writer, from, after, () => {
    updateRow(connection, from, { before, after, json });
    changeSideTables(connection, from, { before, after });
  });
  if (refusal) return { refusal };
  writer.feed.record(from, after.id, 'update');
  return { document: after };
}

function update(writer: Writer, op: Update): Step {
  const current = readDocument(writer.connection, op.in, op.id);
  if (!current) return { refusal: { reason: 'missing' } };
  if (!isExpected(op, current)) return { refusal: { reason: 'conflict', current } };
  const fields = [...Object.keys(op.set ?? {}), ...Object.keys(op.add ?? {})];
  return replaceDocument(writer, op.in, { before: current, changed: applyChange(op, current), fields });
}

/** Removes a document that is there, with all that is computed from it. */
export function removeDocument(writer: Writer, from: AnyCollection, before: Document): void {
  changeSideTables(writer.connection, from, { before, after: null });
  run(writer.connection, `DELETE FROM ${tableOf(from)} WHERE id = ?`, before.id);
  writer.feed.record(from, before.id, 'remove');
}

function remove(writer: Writer, op: Remove): Step {
  const current = readDocument(writer.connection, op.in, op.id);
  if (!current) return { refusal: { reason: 'missing' } };
  if (!isExpected(op, current)) return { refusal: { reason: 'conflict', current } };
  removeDocument(writer, op.in, current);
  return { document: null };
}

/** One operation, ready to run inside a transaction. */
export type Prepared = (writer: Writer) => Step;

/** Checks an operation before any transaction, so that a document that does not fit holds up nobody. */
export function prepareOp(op: Op): Prepared {
  if (op.op === 'update') return (writer) => update(writer, op);
  if (op.op === 'remove') return (writer) => remove(writer, op);
  const checked = checkDocument(op.in, { ...op.document, version: 1 });
  return (writer) => insert(writer, op, checked);
}

/** Runs a unit's operations in order up to the first that cannot be done. The caller rolls back where it is not ok. */
export function runUnit(writer: Writer, unit: readonly Prepared[]): WriteResult {
  const documents: (Document | null)[] = [];
  for (const [at, op] of unit.entries()) {
    const step = op(writer);
    if ('refusal' in step) return { ok: false, at, ...step.refusal };
    documents.push(step.document);
  }
  return { ok: true, documents };
}
