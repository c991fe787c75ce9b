import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { AnyCollection, Document, Page } from '../port.ts';
import { StoreError } from '../port.ts';
import { pageSize } from '../query-plan.ts';
import { type Connection, numberOf, rows } from './connection.ts';
import { tableOf, termTableOf } from './names.ts';
import { getMany } from './read.ts';
import { matchText } from './terms.ts';

const orderName = 'search';
/** No text of ids is greater: the last code point of Unicode. */
const lastLetter = '\u{10ffff}';
/** Fewer finds are sorted by id; where there are more, documents are walked newest first until the page is full. */
const fewFinds = 2000;
/** Documents walked before others get their turn. */
const slice = 5000;

interface Search {
  connection: Connection;
  from: AnyCollection;
  match: string;
  /** Ids are below it. */
  before: string;
  limit: number;
}

function countFinds({ connection, from, match }: Search): number {
  const table = termTableOf(from);
  const text = `SELECT count(*) FROM (SELECT 1 FROM ${table}(?) LIMIT ${fewFinds})`;
  return numberOf(connection, text, match);
}

function sortFinds({ connection, from, match, before, limit }: Search): string[] {
  const source = `${termTableOf(from)}(?) AS f CROSS JOIN ${tableOf(from)} AS d ON d.seq = f.rowid`;
  const text = `SELECT d.id FROM ${source} WHERE +d.id < ? ORDER BY +d.id DESC LIMIT ?`;
  return rows(connection, text, match, before, limit).map(([id]) => String(id));
}

/** The newest documents below an id, by row number. */
function readSlice({ connection, from }: Search, before: string): Map<number, string> {
  const text = `SELECT seq, id FROM ${tableOf(from)} WHERE id < ? ORDER BY id DESC LIMIT ${slice}`;
  return new Map(rows(connection, text, before).map(([seq, id]) => [Number(seq), String(id)]));
}

/** The ids of a slice that the search finds, in the slice's order. */
function matchSlice({ connection, from, match }: Search, part: ReadonlyMap<number, string>): string[] {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const seq of part.keys()) [first, last] = [Math.min(first, seq), Math.max(last, seq)];
  const text = `SELECT rowid FROM ${termTableOf(from)}(?) WHERE rowid BETWEEN ? AND ?`;
  const found = new Set(rows(connection, text, match, first, last).map(([seq]) => Number(seq)));
  return [...part].filter(([seq]) => found.has(seq)).map(([, id]) => id);
}

async function walk(search: Search): Promise<string[]> {
  const found: string[] = [];
  let part = readSlice(search, search.before);
  while (part.size > 0) {
    found.push(...(search.match === '' ? part.values() : matchSlice(search, part)));
    if (found.length >= search.limit || part.size < slice) break;
    const last = [...part.values()].at(-1) ?? '';
    await nextTurn();
    part = readSlice(search, last);
  }
  return found.slice(0, search.limit);
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
  const before = options.cursor === undefined ? lastLetter : String(decodeCursor(options.cursor, orderName, 1)[0]);
  const match = matchText(words.filter((word) => word !== ''));
  const request: Search = { connection, from, match, before, limit: size + 1 };
  const isRare = match !== '' && countFinds(request) < fewFinds;
  const ids = isRare ? sortFinds(request) : await walk(request);
  const items = getMany(connection, from, ids.slice(0, size));
  const last = ids.length > size ? ids[size - 1] : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor(orderName, [last]) };
}
