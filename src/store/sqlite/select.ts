import type { AnyCollection, Condition, Query, Scalar } from '../port.ts';
import { isMembership, isRange, type QueryPlan, type Range } from '../query-plan.ts';
import { columnOf, indexOf, listTableOf, tableOf, toSql } from './names.ts';

/** SQL and the values for its marks. */
export interface Statement {
  text: string;
  values: (string | number)[];
}

/** What a page needs beyond the plan. */
export interface Paging {
  order: 'asc' | 'desc';
  /** Values of the order's fields and the id after which the page begins. */
  after: readonly Scalar[] | null;
  limit: number;
}

const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function bounds(column: string, range: Range, clauses: string[], values: (string | number)[]): void {
  for (const [name, operator] of Object.entries(operators)) {
    const value = range[name as keyof Range];
    if (value === undefined) continue;
    clauses.push(`${column} ${operator} ?`);
    values.push(toSql(value));
  }
}

function narrow(column: string, condition: Condition, clauses: string[], values: (string | number)[]): void {
  if (isRange(condition)) {
    bounds(column, condition, clauses, values);
    return;
  }
  clauses.push(isMembership(condition) ? `${column} IN (SELECT value FROM json_each(?))` : `${column} = ?`);
  values.push(isMembership(condition) ? JSON.stringify(condition.in.map(toSql)) : toSql(condition));
}

/** Where the rows come from: the index itself, by name, so that SQLite must use it or refuse. */
function sourceOf(from: AnyCollection, plan: QueryPlan): string {
  if (!plan.index.list) return `${tableOf(from)} AS d INDEXED BY ${indexOf(from, plan.index)}`;
  return `${listTableOf(from, plan.index)} AS s CROSS JOIN ${tableOf(from)} AS d ON d.id = s.id`;
}

/** Conditions of a plan for one way. The range is kept from leading the index where a cursor leads it. */
function conditions(plan: QueryPlan, way: readonly Scalar[], hasCursor: boolean): Statement {
  const entry = plan.index.list ? 's' : 'd';
  const values = way.map(toSql);
  const clauses = plan.fixed.map((field) => `${entry}.${columnOf(field)} = ?`);
  const [first] = plan.rest;
  if (!plan.index.list) clauses.push(...plan.rest.map((field) => `${entry}.${columnOf(field)} IS NOT NULL`));
  if (plan.range && first) bounds(`${hasCursor ? '+' : ''}${entry}.${columnOf(first)}`, plan.range, clauses, values);
  for (const [field, condition] of plan.filters) narrow(`d.${columnOf(field)}`, condition, clauses, values);
  return { text: clauses.join(' AND '), values };
}

const whole = (clauses: readonly string[]): string => {
  const present = clauses.filter((clause) => clause !== '');
  return present.length > 0 ? `WHERE ${present.join(' AND ')}` : '';
};

/** The page of one way of a plan. An index that is unique orders without the id: no two entries are alike. */
export function selectPage(from: AnyCollection, plan: QueryPlan, way: readonly Scalar[], paging: Paging): Statement {
  const entry = plan.index.list ? 's' : 'd';
  const { text, values } = conditions(plan, way, paging.after !== null);
  const place = [...plan.rest.filter((field) => field !== 'id').map(columnOf), 'id'].map(
    (column) => `${entry}.${column}`,
  );
  const after = `(${place.join(', ')}) ${paging.order === 'asc' ? '>' : '<'} (${place.map(() => '?').join(', ')})`;
  const sorted = plan.index.unique ? place.slice(0, -1) : place;
  const order = sorted.map((column) => `${column} ${paging.order.toUpperCase()}`).join(', ');
  const where = whole([text, paging.after ? after : '']);
  return {
    text: `SELECT d.doc FROM ${sourceOf(from, plan)} ${where} ${order ? `ORDER BY ${order}` : ''} LIMIT ?`,
    values: [...values, ...(paging.after ?? []).map(toSql), paging.limit],
  };
}

/** How many entries one way of a plan has. */
export function selectCount(from: AnyCollection, plan: QueryPlan, way: readonly Scalar[]): Statement {
  const { text, values } = conditions(plan, way, false);
  const needsDocument = !plan.index.list || plan.filters.length > 0;
  const source = needsDocument ? sourceOf(from, plan) : `${listTableOf(from, plan.index)} AS s`;
  return { text: `SELECT count(*) FROM ${source} ${whole([text])}`, values };
}

/** The ids of one way of a plan, for a list index of which a document may have several of the values asked. */
export function selectIds(from: AnyCollection, plan: QueryPlan, way: readonly Scalar[]): Statement {
  const { text, values } = conditions(plan, way, false);
  return { text: `SELECT s.id FROM ${sourceOf(from, plan)} ${whole([text])}`, values };
}

/** The fields whose values, with the id, make a cursor of this plan. */
export const placeFields = (plan: QueryPlan): string[] => [...plan.rest.filter((field) => field !== 'id'), 'id'];

/** Names the order that a cursor belongs to. */
export const orderName = (query: Pick<Query, 'index' | 'order'>): string => `${query.index} ${query.order ?? 'asc'}`;
