import type { Condition, Scalar } from '../port.ts';
import { isMembership, isRange, placeFields, type QueryPlan, type Range } from '../query-plan.ts';
import { pathOf } from './names.ts';

/** A filter of the server's query language. */
export type Filter = Record<string, unknown>;
/** An order: 1 ascending, -1 descending, in the order of its keys. */
export type Sort = Record<string, 1 | -1>;

const bounded = (range: Range): [keyof Range, Scalar][] =>
  (['gt', 'gte', 'lt', 'lte'] as const).flatMap((name) => {
    const bound = range[name];
    return bound === undefined ? [] : [[name, bound]];
  });

/** A range without bounds still asks for a value. */
function within(range: Range): Filter {
  const bounds = bounded(range).map(([name, bound]) => [`$${name}`, bound]);
  return bounds.length > 0 ? Object.fromEntries(bounds) : { $ne: null };
}

const oneOf = (values: readonly Scalar[]): Filter => (values.length === 1 ? { $eq: values[0] } : { $in: [...values] });

function narrow(condition: Condition): Filter {
  if (isRange(condition)) return within(condition);
  return isMembership(condition) ? { $in: [...condition.in] } : { $eq: condition };
}

/** The values that a fixed field may have, of all ways. */
const valuesAt = (plan: QueryPlan, at: number): Scalar[] => [...new Set(plan.ways.flatMap((way) => way[at] ?? []))];

/**
 * What a plan asks for, as a filter; null where nothing can match. All ways are asked at once: where `in` fixes a leading
 * field, the server merges the ways' entries in order. A document that has no value in a field of the index is not in it.
 */
export function filterOf(plan: QueryPlan): Filter | null {
  if (plan.ways.length === 0) return null;
  const clauses = plan.fixed.map((field, at): [string, Filter] => [field, oneOf(valuesAt(plan, at))]);
  for (const [at, field] of plan.rest.entries()) {
    clauses.push([field, at === 0 && plan.range ? within(plan.range) : { $ne: null }]);
  }
  for (const [field, condition] of plan.filters) clauses.push([field, narrow(condition)]);
  return joined(clauses);
}

const isAlwaysThere = (field: string, asked: Filter): boolean =>
  (field === 'id' || field === 'version') && Reflect.has(asked, '$ne');

/** Clauses as one filter; two on one field stand in a list, since a name can stand once. */
function joined(clauses: readonly [string, Filter][]): Filter {
  const filter: Filter = {};
  const further: Filter[] = [];
  for (const [field, asked] of clauses) {
    const path = pathOf(field);
    if (isAlwaysThere(field, asked)) continue;
    if (path in filter) further.push({ [path]: asked });
    else filter[path] = asked;
  }
  return further.length > 0 ? { ...filter, $and: further } : filter;
}

/** The order of a plan's page. */
export const sortOf = (plan: QueryPlan, order: 'asc' | 'desc'): Sort =>
  Object.fromEntries(placeFields(plan).map((field) => [pathOf(field), order === 'asc' ? 1 : -1]));

/**
 * What stands after a place in the order: greater in one field and equal in those before it. That the first field is not
 * less is said besides, for the server to begin there in its index.
 */
export function afterPlace(plan: QueryPlan, order: 'asc' | 'desc', after: readonly Scalar[]): Filter {
  const paths = placeFields(plan).map(pathOf);
  const beyond = order === 'asc' ? '$gt' : '$lt';
  const ways = paths.map((path, at) => {
    const equal = paths.slice(0, at).map((each, i) => [each, { $eq: after[i] }]);
    return { ...Object.fromEntries(equal), [path]: { [beyond]: after[at] } };
  });
  const [first = '_id'] = paths;
  return ways.length === 1 ? (ways[0] ?? {}) : { [first]: { [`${beyond}e`]: after[0] }, $or: ways };
}
