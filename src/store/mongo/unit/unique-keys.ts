import type { AnyCollection, Document } from '../../port.ts';
import { type Stored, uniqueValues } from '../stored.ts';

/** One value of a document in a unique index. */
export interface UniqueKey {
  index: string;
  value: string;
}

type Values = NonNullable<Stored['_u']>;

const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** The keys of a stored form. */
export const keysIn = (values: Stored['_u']): UniqueKey[] =>
  Object.entries(values ?? {}).flatMap(([index, value]) => listOf(value).map((each) => ({ index, value: each })));

/** The keys of a document in all unique indexes of its collection. */
export const keysOf = (from: AnyCollection, document: Document): UniqueKey[] => keysIn(uniqueValues(from, document));

/** One text for a key within its collection. */
export const textOf = ({ index, value }: UniqueKey): string => `${index}/${value}`;

/**
 * What a document holds in its unique indexes while a change of it is undecided: the former values and the new ones, so that
 * neither outcome can be refused any more. Undefined where the former values cover the new ones.
 */
export function heldWhile(before: Stored['_u'], after: Stored['_u']): Values | undefined {
  const former: Values = before ?? {};
  const held: Values = { ...former };
  let isMore = false;
  for (const [index, value] of Object.entries(after ?? {})) {
    const had = listOf(former[index]);
    const added = listOf(value).filter((each) => !had.includes(each));
    if (added.length === 0) continue;
    isMore = true;
    held[index] = had.length === 0 ? value : [...had, ...added];
  }
  return isMore ? held : undefined;
}
