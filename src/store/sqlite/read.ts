import { decodeCursor, encodeCursor } from '../cursor.ts';
import { scalarAt } from '../document.ts';
import type { AnyCollection, Document, Page, Query, Scalar } from '../port.ts';
import { StoreError } from '../port.ts';
import { orderName, pageSize, placeFields, planQuery, type QueryPlan } from '../query-plan.ts';
import { type Connection, numberOf, rows } from './connection.ts';
import { tableOf } from './names.ts';
import { type Paging, selectCount, selectIds, selectPage } from './select.ts';

/** SQLite's order: numbers before text, text by its bytes in UTF-8. */
function compare(a: Scalar | null, b: Scalar | null): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'string' || typeof b === 'string') return typeof a === 'string' ? 1 : -1;
  return Number(a) - Number(b);
}

/** The pages of several ways as one, in order; a document that more than one way found stands in it once. */
function merge(pages: Document[][], fields: readonly string[], order: 'asc' | 'desc'): Document[] {
  const [only] = pages;
  if (only && pages.length === 1) return only;
  const found = new Map(pages.flat().map((document) => [document.id, document]));
  const sign = order === 'asc' ? 1 : -1;
  const byPlace = (a: Document, b: Document): number => {
    const field = fields.find((name) => compare(scalarAt(a, name), scalarAt(b, name)) !== 0);
    return field ? sign * compare(scalarAt(a, field), scalarAt(b, field)) : 0;
  };
  return [...found.values()].sort(byPlace);
}

interface Reading {
  from: AnyCollection;
  plan: QueryPlan;
  paging: Paging;
}

function readWay(connection: Connection, { from, plan, paging }: Reading, way: readonly Scalar[]) {
  const { text, values } = selectPage(from, plan, way, paging);
  return rows(connection, text, ...values).map(([doc]): Document => JSON.parse(String(doc)));
}

/** A page of documents; see `Query`. */
export function find(connection: Connection, from: AnyCollection, query: Query): Page<Document> {
  const plan = planQuery(from, query);
  const size = pageSize(query.limit);
  const fields = placeFields(plan);
  const name = orderName(query);
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, name, fields.length);
  const paging: Paging = { order: query.order ?? 'asc', after, limit: size + 1 };
  const pages = plan.ways.map((way) => readWay(connection, { from, plan, paging }, way));
  const found = merge(pages, fields, paging.order);
  const items = found.slice(0, size);
  const last = found.length > size ? items.at(-1) : undefined;
  const nextCursor = last
    ? encodeCursor(
        name,
        fields.map((field) => scalarAt(last, field)),
      )
    : null;
  return { items, nextCursor };
}

/** How many documents a query finds. */
export function count(connection: Connection, from: AnyCollection, query: Pick<Query, 'index' | 'where'>): number {
  const plan = planQuery(from, query);
  if (plan.index.list && plan.ways.length > 1) {
    const ids = plan.ways.map((way) => selectIds(from, plan, way));
    return new Set(ids.flatMap(({ text, values }) => rows(connection, text, ...values).map(([id]) => id))).size;
  }
  const counts = plan.ways.map((way) => selectCount(from, plan, way));
  return counts.reduce((sum, { text, values }) => sum + numberOf(connection, text, ...values), 0);
}

/** Documents in the order of the ids asked, without those that are not there. */
export function getMany(connection: Connection, from: AnyCollection, ids: readonly string[]): Document[] {
  if (ids.length > 1000) throw new StoreError('query-not-indexed', 'At most 1000 documents may be asked at once.');
  const text = `SELECT doc FROM ${tableOf(from)} WHERE id IN (SELECT value FROM json_each(?))`;
  const found = rows(connection, text, JSON.stringify(ids)).map(([doc]): Document => JSON.parse(String(doc)));
  const byId = new Map(found.map((document) => [document.id, document]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
