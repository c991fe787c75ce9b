import type { AnyCollection, Condition, Scalar } from '../port.ts';
import { isMembership, isRange, placeFields, type QueryPlan, type Range } from '../query-plan.ts';
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

const bounded = (range: Range) =>
  Object.entries(operators).filter(([name]) => range[name as keyof Range] !== undefined) as [keyof Range, string][];

const bounds = (column: string, range: Range): string[] =>
  bounded(range).map(([, operator]) => `${column} ${operator} ?`);

const boundValues = (range: Range): (string | number)[] => bounded(range).map(([name]) => toSql(range[name] ?? 0));

function narrow(column: string, condition: Condition): string[] {
  if (isRange(condition)) return bounds(column, condition);
  return [isMembership(condition) ? `${column} IN (SELECT value FROM json_each(?))` : `${column} = ?`];
}

function narrowValues(condition: Condition): (string | number)[] {
  if (isRange(condition)) return boundValues(condition);
  return [isMembership(condition) ? JSON.stringify(condition.in.map(toSql)) : toSql(condition)];
}

/** Where the rows come from: the index itself, by name, so that SQLite must use it or refuse. */
function sourceOf(from: AnyCollection, plan: QueryPlan): string {
  if (!plan.index.list) return `${tableOf(from)} AS d INDEXED BY ${indexOf(from, plan.index)}`;
  return `${listTableOf(from, plan.index)} AS s CROSS JOIN ${tableOf(from)} AS d ON d.id = s.id`;
}

/** Conditions of a plan. The range is kept from leading the index where a cursor leads it. */
function conditions(plan: QueryPlan, hasCursor: boolean): string {
  const entry = plan.index.list ? 's' : 'd';
  const clauses = plan.fixed.map((field) => `${entry}.${columnOf(field)} = ?`);
  const [first] = plan.rest;
  if (!plan.index.list) clauses.push(...plan.rest.map((field) => `${entry}.${columnOf(field)} IS NOT NULL`));
  if (plan.range && first) clauses.push(...bounds(`${hasCursor ? '+' : ''}${entry}.${columnOf(first)}`, plan.range));
  for (const [field, condition] of plan.filters) clauses.push(...narrow(`d.${columnOf(field)}`, condition));
  return clauses.join(' AND ');
}

/** The values of the conditions for one way, in their order. */
function conditionValues(plan: QueryPlan, way: readonly Scalar[]): (string | number)[] {
  const values = way.map(toSql);
  if (plan.range) values.push(...boundValues(plan.range));
  for (const [, condition] of plan.filters) values.push(...narrowValues(condition));
  return values;
}

const shapeOf = (condition: Condition): string => {
  if (isRange(condition)) return bounded(condition).join();
  return isMembership(condition) ? 'in' : '=';
};

const pages = new WeakMap<AnyCollection, Map<string, string>>();

/** The text of a page, kept by all that it depends on, which is short beside it. */
function pageText(from: AnyCollection, plan: QueryPlan, paging: Paging): string {
  const filters = plan.filters.map(([field, condition]) => `${field} ${shapeOf(condition)}`).join();
  const range = plan.range ? shapeOf(plan.range) : '';
  const key = `${plan.index.name} ${plan.fixed.length} ${paging.order} ${paging.after !== null} ${range};${filters}`;
  const texts = pages.get(from) ?? new Map<string, string>();
  pages.set(from, texts);
  const text = texts.get(key) ?? writePage(from, plan, paging);
  texts.set(key, text);
  return text;
}

const whole = (clauses: readonly string[]): string => {
  const present = clauses.filter((clause) => clause !== '');
  return present.length > 0 ? `WHERE ${present.join(' AND ')}` : '';
};

/** An index that is unique orders without the id: no two entries are alike. */
function writePage(from: AnyCollection, plan: QueryPlan, paging: Paging): string {
  const entry = plan.index.list ? 's' : 'd';
  const place = placeFields(plan).map((field) => `${entry}.${columnOf(field)}`);
  const after = `(${place.join(', ')}) ${paging.order === 'asc' ? '>' : '<'} (${place.map(() => '?').join(', ')})`;
  const sorted = plan.index.unique ? place.slice(0, -1) : place;
  const order = sorted.map((column) => `${column} ${paging.order.toUpperCase()}`).join(', ');
  const where = whole([conditions(plan, paging.after !== null), paging.after ? after : '']);
  return `SELECT d.doc FROM ${sourceOf(from, plan)} ${where} ${order ? `ORDER BY ${order}` : ''} LIMIT ?`;
}

/** The page of one way of a plan. */
export const selectPage = (
  from: AnyCollection,
  plan: QueryPlan,
  way: readonly Scalar[],
  paging: Paging,
): Statement => ({
  text: pageText(from, plan, paging),
  values: [...conditionValues(plan, way), ...(paging.after ?? []).map(toSql), paging.limit],
});

/** How many entries one way of a plan has. */
export function selectCount(from: AnyCollection, plan: QueryPlan, way: readonly Scalar[]): Statement {
  const values = conditionValues(plan, way);
  const needsDocument = !plan.index.list || plan.filters.length > 0;
  const source = needsDocument ? sourceOf(from, plan) : `${listTableOf(from, plan.index)} AS s`;
  return { text: `SELECT count(*) FROM ${source} ${whole([conditions(plan, false)])}`, values };
}

/** The ids of one way of a plan, for a list index of which a document may have several of the values asked. */
export function selectIds(from: AnyCollection, plan: QueryPlan, way: readonly Scalar[]): Statement {
  const values = conditionValues(plan, way);
  return { text: `SELECT s.id FROM ${sourceOf(from, plan)} ${whole([conditions(plan, false)])}`, values };
}
