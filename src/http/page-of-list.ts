import type { ZodType } from 'zod';
import { WaslError } from '../errors.ts';
import type { Page } from '../store/port.ts';

/** How to page through a list that is made, not stored. */
export interface Paging<Place> {
  limit: number;
  cursor?: string | undefined;
  /** The fields that the list is ordered by, and their order: negative where the first comes first. */
  place: ZodType<Place>;
  compare(one: Place, other: Place): number;
}

const read = <Place>(cursor: string, place: ZodType<Place>): Place => {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new WaslError('invalid', 'query.cursor: not a cursor of this list.', { cause });
  }
};

/**
 * A page of an ordered list. The cursor holds the place of the last one shown, not its number, so that the next page begins
 * behind it also where the list has changed. Rejects a cursor of another list with `invalid`.
 */
export function pageOfList<Place, T extends Place>(list: readonly T[], paging: Paging<Place>): Page<T> {
  const { limit, cursor, place, compare } = paging;
  const after = cursor === undefined ? null : read(cursor, place);
  const left = after === null ? list : list.filter((one) => compare(after, one) < 0);
  const items = left.slice(0, limit);
  const last = items.at(-1);
  const next = last !== undefined && left.length > items.length ? JSON.stringify(place.parse(last)) : null;
  return { items, nextCursor: next === null ? null : Buffer.from(next).toString('base64url') };
}
