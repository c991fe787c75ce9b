import type { Scalar } from './port.ts';
import { StoreError } from './port.ts';

const refuse = (): StoreError =>
  new StoreError('query-not-indexed', 'The cursor is not one of ours: use the nextCursor of a former page unchanged.');

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refuse();
  }
}

/** An opaque place in an order: the name of the order, and the values of the last item given. */
export const encodeCursor = (order: string, values: readonly (Scalar | null)[]): string =>
  Buffer.from(JSON.stringify([order, ...values])).toString('base64url');

/**
 * The values of a cursor of that order.
 * @throws StoreError `query-not-indexed` where it is garbled, or of another order.
 */
export function decodeCursor(cursor: string, order: string, length: number): Scalar[] {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts[0] !== order || parts.length !== length + 1) throw refuse();
  const values: unknown[] = parts.slice(1);
  if (!values.every(isScalar)) throw refuse();
  return values;
}
