import type { Document } from '../port.ts';
import { type Stored, toDocument } from './stored.ts';

/**
 * The document that a stored form stands for where no process lives that could still decide a unit; null for none.
 * `isCommitted` tells of the units whose record says so. Nothing is written, as a reader among living processes must.
 */
export function asLeft(stored: Stored, isCommitted: (unit: string) => boolean): Document | null {
  if (stored._unit === undefined) return toDocument(stored);
  if (!isCommitted(stored._unit)) return stored._new ? null : toDocument(stored);
  if (stored._new) return toDocument(stored);
  return stored._next ? toDocument(stored._next) : null;
}
