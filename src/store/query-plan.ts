import type { AnyCollection, Claim, Condition, Index, Query, Scalar } from './port.ts';
import { StoreError } from './port.ts';

export type Range = { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar };
type Membership = { in: readonly Scalar[] };

/** How an index serves a query. Drivers build their query from it and refuse nothing further. */
export interface QueryPlan {
  index: Index;
  /** Fields fixed by equality, a prefix of the index's. */
  fixed: readonly string[];
  /** Values for `fixed`, one row for each way that `in` conditions allow; no row: nothing can match. */
  ways: readonly (readonly Scalar[])[];
  /** Bounds on the first field that is not fixed. */
  range: Range | null;
  /** The index's fields that are not fixed: the order of the page, before id. */
  rest: readonly string[];
  /** Narrowing by declared filters. */
  filters: readonly (readonly [string, Condition])[];
}

const mostWays = 200;

export const isMembership = (condition: Condition): condition is Membership =>
  typeof condition === 'object' && 'in' in condition;

export const isRange = (condition: Condition): condition is Range =>
  typeof condition === 'object' && !('in' in condition);

const describe = (index: Index): string => `${index.name} (${index.on.join(', ')})`;

function refuse(from: AnyCollection, query: Pick<Query, 'index' | 'where'>, why: string): StoreError {
  const asked = Object.keys(query.where ?? {}).join(', ') || 'nothing';
  const indexes = from.indexes.map(describe).join('; ') || 'none';
  const filters = from.filters?.join(', ') || 'none';
  return new StoreError(
    'query-not-indexed',
    `${from.name}: no index serves a query by ${asked} on "${query.index}": ${why}. Indexes: ${indexes}. Filters: ${filters}.`,
  );
}

function fixPrefix(index: Index, where: Readonly<Record<string, Condition>>): Scalar[][] {
  const choices: Scalar[][] = [];
  for (const field of index.on) {
    const condition = where[field];
    if (condition === undefined || isRange(condition)) break;
    choices.push(isMembership(condition) ? [...new Set(condition.in)] : [condition]);
  }
  return choices;
}

const multiply = (choices: readonly (readonly Scalar[])[]): Scalar[][] =>
  choices.reduce<Scalar[][]>((ways, values) => ways.flatMap((way) => values.map((value) => [...way, value])), [[]]);

/** The filters that the index itself does not answer; a field that neither answers is refused. */
function pickFilters(from: AnyCollection, query: Pick<Query, 'index' | 'where'>, used: ReadonlySet<string>) {
  const filters = Object.entries(query.where ?? {}).filter(([field]) => !used.has(field));
  const foreign = filters.find(([field]) => !from.filters?.includes(field));
  if (foreign) throw refuse(from, query, `"${foreign[0]}" neither follows the index's order nor is a declared filter`);
  return filters;
}

/**
 * Finds how the named index serves a query.
 * @throws StoreError `query-not-indexed`, naming the collection, the fields asked and the indexes there are.
 */
export function planQuery(from: AnyCollection, query: Pick<Query, 'index' | 'where'>): QueryPlan {
  const index = from.indexes.find((each) => each.name === query.index);
  if (!index) throw refuse(from, query, 'there is no such index');
  const where = query.where ?? {};
  const absent = Object.entries(where).find(([, condition]) => condition === undefined || condition === null);
  if (absent) throw refuse(from, query, `the condition on "${absent[0]}" has no value`);
  const choices = fixPrefix(index, where);
  if (index.list && choices.length === 0) throw refuse(from, query, `"${index.on[0]}" must be fixed`);
  const ways = choices.reduce((count, values) => count * values.length, 1);
  if (ways > mostWays)
    throw refuse(from, query, `its "in" conditions allow ${ways} ways, at most ${mostWays} are served`);
  const fixed = index.on.slice(0, choices.length);
  const rest = index.on.slice(choices.length);
  const next = rest[0] === undefined ? undefined : where[rest[0]];
  const range = next !== undefined && isRange(next) ? next : null;
  const used = new Set(range ? [...fixed, rest[0] ?? ''] : fixed);
  return { index, fixed, ways: multiply(choices), range, rest, filters: pickFilters(from, query, used) };
}

/**
 * The page size of a query.
 * @throws StoreError `query-not-indexed` where it is not 1 to 1000.
 */
export function pageSize(limit = 50): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new StoreError('query-not-indexed', 'The limit of a page must be a whole number from 1 to 1000.');
}

/**
 * The plan of a claim.
 * @throws StoreError `query-not-indexed` where its index is not led by `where` and then by the claimed field.
 */
export function planClaim(from: AnyCollection, claim: Claim): QueryPlan {
  const plan = planQuery(from, { index: claim.index, where: { ...claim.where, [claim.field]: { lte: claim.now } } });
  if (plan.rest[0] === claim.field && plan.range) return plan;
  throw new StoreError(
    'query-not-indexed',
    `${from.name}: the index ${claim.index} does not order by ${claim.field} after what is fixed.`,
  );
}

/** The fields whose values, with the id, make a cursor of this plan. */
export const placeFields = (plan: QueryPlan): string[] => [...plan.rest.filter((field) => field !== 'id'), 'id'];

/** Names the order that a cursor belongs to. */
export const orderName = (query: Pick<Query, 'index' | 'order'>): string => `${query.index} ${query.order ?? 'asc'}`;
