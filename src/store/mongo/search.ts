import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { AnyCollection, Document, Page } from '../port.ts';
import { StoreError } from '../port.ts';
import { pageSize } from '../query-plan.ts';
import type { Filter } from './filter.ts';
import { type Reader, readSome } from './read.ts';
import { toDocument } from './stored.ts';

const orderName = 'search';

/** A word as the beginning of a term: an anchored expression, which the server looks up in its index of terms. */
const beginning = (word: string): Filter => ({
  // NUL cannot stand in an expression on the wire
  _terms: { $regex: `^${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\u0000', '\\x00')}` },
});

/** Documents of a collection with terms, by words; see `Store.search`. */
export async function search(
  reader: Reader,
  from: AnyCollection,
  words: readonly string[],
  options: { limit?: number; cursor?: string },
): Promise<Page<Document>> {
  if (!from.terms) throw new StoreError('query-not-indexed', `${from.name} declares no terms to search.`);
  const size = pageSize(options.limit);
  const clauses = words.filter((word) => word !== '').map(beginning);
  if (options.cursor !== undefined) clauses.push({ _id: { $lt: decodeCursor(options.cursor, orderName, 1)[0] } });
  const filter = clauses.length > 0 ? { $and: clauses } : {};
  const found = await readSome(reader, from, { filter, sort: { _id: -1 }, limit: size + 1 });
  const items = found.slice(0, size).map(toDocument);
  const last = found.length > size ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor(orderName, [last.id]) : null };
}
