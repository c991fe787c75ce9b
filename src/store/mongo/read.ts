import { decodeCursor, encodeCursor } from '../cursor.ts';
import { scalarAt } from '../document.ts';
import type { AnyCollection, Document, Page, Query } from '../port.ts';
import { StoreError } from '../port.ts';
import { orderName, pageSize, placeFields, planQuery } from '../query-plan.ts';
import type { MongoConnection } from './connection.ts';
import { afterPlace, type Filter, filterOf, type Sort, sortOf } from './filter.ts';
import { type Stored, toDocument } from './stored.ts';
import type { Units } from './unit/units.ts';

export interface Reader {
  at: MongoConnection;
  /** Looks into documents that a unit holds; see there. */
  settle: Units['settle'];
  /** Keeps a reading apart from units of this process that are being brought forward; see there. */
  steady: Units['steady'];
}

/** How often a reading is begun anew because units ended meanwhile. */
const mostReadings = 20;

/** What a reading found, with how many of it are not there yet. */
interface Seen {
  shown: Stored[];
  hidden: number;
}

/**
 * Reads until nothing that was met has ended meanwhile, so that of a unit all or nothing is seen. After many readings what the
 * last one met counts as undecided, as it then was.
 */
async function readWhole(
  { settle, steady }: Reader,
  from: AnyCollection,
  read: () => Promise<Stored[]>,
): Promise<Seen> {
  for (let readings = 1; ; readings += 1) {
    const found = await steady(from, read);
    if (found.every(({ _unit }) => _unit === undefined)) return { shown: found, hidden: 0 };
    const settled = await settle(from, found);
    if (settled.moved && readings < mostReadings) continue;
    const last = settled.moved ? found.filter(({ _new }) => !_new) : settled.shown.filter((each) => each !== null);
    return { shown: last, hidden: found.length - last.length };
  }
}

interface Wanted {
  filter: Filter;
  sort: Sort;
  limit: number;
}

/** At most `limit` documents in order; those that are not there yet take no place from others. */
export async function readSome(
  reader: Reader,
  from: AnyCollection,
  { filter, sort, limit }: Wanted,
): Promise<Stored[]> {
  const collection = reader.at.collection(from);
  for (let extra = 0; ; ) {
    const size = limit + extra;
    const { shown, hidden } = await readWhole(reader, from, () =>
      collection.find(filter, { sort, limit: size, batchSize: size + 1 }).toArray(),
    );
    if (shown.length >= limit || shown.length + hidden < size) return shown.slice(0, limit);
    extra = hidden;
  }
}

/** A page of documents; see `Query`. */
export async function find(reader: Reader, from: AnyCollection, query: Query): Promise<Page<Document>> {
  const plan = planQuery(from, query);
  const size = pageSize(query.limit);
  const fields = placeFields(plan);
  const name = orderName(query);
  const order = query.order ?? 'asc';
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, name, fields.length);
  const asked = filterOf(plan);
  if (!asked) return { items: [], nextCursor: null };
  const filter = after ? { $and: [asked, afterPlace(plan, order, after)] } : asked;
  const found = await readSome(reader, from, { filter, sort: sortOf(plan, order), limit: size + 1 });
  const items = found.slice(0, size).map(toDocument);
  const last = found.length > size ? items.at(-1) : undefined;
  const place = last && fields.map((field) => scalarAt(last, field));
  return { items, nextCursor: place ? encodeCursor(name, place) : null };
}

export async function get(reader: Reader, from: AnyCollection, id: string): Promise<Document | null> {
  const stored = await reader.at.collection(from).findOne({ _id: id });
  if (!stored) return null;
  const shown = stored._unit === undefined ? stored : (await reader.settle(from, [stored])).shown[0];
  return shown ? toDocument(shown) : null;
}

/** Documents in the order of the ids asked, without those that are not there. */
export async function getMany(reader: Reader, from: AnyCollection, ids: readonly string[]): Promise<Document[]> {
  if (ids.length > 1000) throw new StoreError('query-not-indexed', 'At most 1000 documents may be asked at once.');
  if (ids.length === 0) return [];
  const distinct = [...new Set(ids)];
  const collection = reader.at.collection(from);
  const { shown } = await readWhole(reader, from, () =>
    collection.find({ _id: { $in: distinct } }, { batchSize: distinct.length + 1 }).toArray(),
  );
  const byId = new Map(shown.map((stored) => [stored._id, stored]));
  return ids.flatMap((id) => {
    const stored = byId.get(id);
    return stored ? [toDocument(stored)] : [];
  });
}
