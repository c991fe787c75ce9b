import type { AnyCollection } from '../port.ts';
import { rows } from './connection.ts';
import { columnOf, expiryIndexOf, tableOf } from './names.ts';
import { removeDocument, type Writer } from './unit.ts';

function sweepOne(writer: Writer, from: AnyCollection, now: string, limit: number): number {
  if (!from.expires) return 0;
  const column = columnOf(from.expires);
  const text = `SELECT doc FROM ${tableOf(from)} INDEXED BY ${expiryIndexOf(from)} WHERE ${column} <= ? ORDER BY ${column} LIMIT ?`;
  const due = rows(writer.connection, text, now, limit);
  for (const [doc] of due) removeDocument(writer, from, JSON.parse(String(doc)));
  return due.length;
}

/** Removes at most `limit` documents whose time is over, of all collections; gives how many. */
export const sweepExpired = (
  writer: Writer,
  collections: readonly AnyCollection[],
  now: string,
  limit: number,
): number => collections.reduce((swept, from) => swept + sweepOne(writer, from, now, limit - swept), 0);
