import { scalarAt } from './document.ts';
import type { Document, Remove, Update } from './port.ts';
import { StoreError } from './port.ts';

function addTo(op: Update, document: Document): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [field, amount] of Object.entries(op.add ?? {})) {
    const value: unknown = Reflect.get(document, field) ?? 0;
    if (typeof value !== 'number') {
      throw new StoreError('document-invalid', `${op.in.name}: the field "${field}" is not a number to add to.`);
    }
    sums[field] = value + amount;
  }
  return sums;
}

/** Whether a document is as an operation wants it: its version, and the values that fence the change. */
export function isExpected(op: Update | Remove, current: Document): boolean {
  if (op.expect !== undefined && op.expect !== current.version) return false;
  const when = op.op === 'update' ? Object.entries(op.when ?? {}) : [];
  return when.every(([field, value]) => scalarAt(current, field) === value);
}

/**
 * The fields of a document after a change; id and version are not touched.
 * @throws StoreError `document-invalid` where there is no number to add to.
 */
export function applyChange(op: Update, current: Document): Document {
  const changed = { ...current, ...op.set };
  return { ...changed, ...addTo(op, changed) };
}
