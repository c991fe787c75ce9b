import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { AnyCollection, Document, Page } from '../port.ts';
import { StoreError } from '../port.ts';
import { pageSize } from '../query-plan.ts';
import { type Connection, numberOf, rows } from './connection.ts';
import { tableOf, termTableOf } from './names.ts';
import { getMany } from './read.ts';

const orderName = 'search';
/** No text of terms is greater: the last code point of Unicode. */
const lastLetter = '\u{10ffff}';
/** A word with fewer entries is looked up and sorted; where all have more, documents are walked newest first. */
const fewEntries = 2000;
/** Documents walked before others get their turn. */
const slice = 5000;

type Span = readonly [string, string];

const spanOf = (word: string): Span => [word, word + lastLetter];

function entriesOf(connection: Connection, table: string, span: Span): number {
  const text = `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE term >= ? AND term < ? LIMIT ${fewEntries})`;
  return numberOf(connection, text, ...span);
}

const hasTerm = (table: string, id: string): string =>
  `EXISTS (SELECT 1 FROM ${table} AS other WHERE other.id = ${id} AND other.term >= ? AND other.term < ?)`;

const alsoHas = (table: string, id: string, spans: readonly Span[]): string =>
  spans.map(() => ` AND ${hasTerm(table, id)}`).join('');

interface Search {
  connection: Connection;
  from: AnyCollection;
  spans: readonly Span[];
  limit: number;
}

/** Ids below `before`, from the entries of the rarest word. */
function lookUp({ connection, from, spans, limit }: Search, before: string | null): string[] {
  const table = termTableOf(from);
  const [rarest = spanOf(''), ...others] = spans;
  const place = before === null ? '' : ' AND t.id < ?';
  const text = `SELECT DISTINCT t.id FROM ${table} AS t WHERE t.term >= ? AND t.term < ?${place}${alsoHas(table, 't.id', others)} ORDER BY t.id DESC LIMIT ?`;
  const values = [...rarest, ...(before === null ? [] : [before]), ...others.flat(), limit];
  return rows(connection, text, ...values).map(([id]) => String(id));
}

/** Ids below `before`, by walking all documents from the newest. */
async function walk({ connection, from, spans, limit }: Search, before: string | null): Promise<string[]> {
  const [table, terms] = [tableOf(from), termTableOf(from)];
  const found: string[] = [];
  let place = before ?? lastLetter;
  for (;;) {
    const end = rows(
      connection,
      `SELECT id FROM ${table} WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ${slice}`,
      place,
    );
    const floor = String(end[0]?.[0] ?? '');
    const text = `SELECT id FROM ${table} AS d WHERE id < ? AND id >= ?${alsoHas(terms, 'd.id', spans)} ORDER BY id DESC LIMIT ?`;
    const part = rows(connection, text, place, floor, ...spans.flat(), limit - found.length);
    found.push(...part.map(([id]) => String(id)));
    if (found.length >= limit || floor === '') return found;
    place = floor;
    await nextTurn();
  }
}

/** Documents of a collection with terms, by words; see `Store.search`. */
export async function search(
  connection: Connection,
  from: AnyCollection,
  words: readonly string[],
  options: { limit?: number; cursor?: string },
): Promise<Page<Document>> {
  if (!from.terms) throw new StoreError('query-not-indexed', `${from.name} declares no terms to search.`);
  const size = pageSize(options.limit);
  const before = options.cursor === undefined ? null : String(decodeCursor(options.cursor, orderName, 1)[0]);
  const table = termTableOf(from);
  const counted = words
    .filter((word) => word !== '')
    .map((word) => {
      const span = spanOf(word);
      return { span, entries: entriesOf(connection, table, span) };
    });
  counted.sort((a, b) => a.entries - b.entries);
  const request: Search = { connection, from, spans: counted.map(({ span }) => span), limit: size + 1 };
  const isRare = (counted[0]?.entries ?? fewEntries) < fewEntries;
  const ids = isRare ? lookUp(request, before) : await walk(request, before);
  const items = getMany(connection, from, ids.slice(0, size));
  const last = ids.length > size ? ids[size - 1] : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor(orderName, [last]) };
}
