import { compareIds, isAfter, timeOf } from './ids.ts';
import { invalid, Refusal } from './problems.ts';
import type { TimelineAsked } from './schema.ts';
import type { Dm, Post } from './world.ts';

/** What bounds a list of posts. */
export type Bounds = Pick<TimelineAsked, 'since_id' | 'until_id' | 'start_time' | 'end_time'>;

/** One page, newest first, and what stands in its `meta`. */
export interface Page<One> {
  items: One[];
  meta: Record<string, unknown>;
}

const tokenOf = (id: string): string => Buffer.from(`before:${id.padStart(19, '0')}`).toString('base64url');

/** The id before which a page begins. */
const idOfToken = (token: string, name: string): string => {
  const found = /^before:0*(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!found?.[1])
    throw new Refusal(invalid(`The \`${name}\` query parameter value [${token}] is not valid`, { [name]: [token] }));
  return found[1];
};

const isWithin = (bounds: Bounds, { id, at }: { id: string; at: number }): boolean =>
  (bounds.since_id === undefined || isAfter(id, bounds.since_id)) &&
  (bounds.until_id === undefined || compareIds(id, bounds.until_id) < 0) &&
  (bounds.start_time === undefined || at >= bounds.start_time) &&
  (bounds.end_time === undefined || at < bounds.end_time);

/** Refuses a `since_id` that is older than what can be read. */
export const demandNewer = (sinceId: string | undefined, oldest: number): void => {
  if (sinceId === undefined || timeOf(sinceId) >= oldest) return;
  const sentence = `'since_id' must be a tweet id created after ${new Date(oldest).toISOString()}`;
  throw new Refusal(invalid(sentence, { since_id: [sinceId] }));
};

const cut = <One extends { id: string }>(
  list: readonly One[],
  size: number,
  token: string | undefined,
  name: string,
) => {
  const before = token === undefined ? null : idOfToken(token, name);
  const left = before === null ? list : list.filter(({ id }) => compareIds(id, before) < 0);
  const items = left.slice(0, size);
  const last = items.at(-1);
  return { items, next: last && left.length > size ? { next_token: tokenOf(last.id) } : {} };
};

/** A page of posts, given oldest first. */
export function postsPage(
  posts: readonly Post[],
  bounds: Bounds,
  size: number,
  token: { value: string | undefined; name: string },
): Page<Post> {
  const wanted = posts.filter((post) => isWithin(bounds, post)).reverse();
  const { items, next } = cut(wanted, size, token.value, token.name);
  const ends = items.length > 0 ? { newest_id: items[0]?.id, oldest_id: items.at(-1)?.id } : {};
  return { items, meta: { ...ends, result_count: items.length, ...next } };
}

/** A page of messages, given oldest first. */
export function dmsPage(dms: readonly Dm[], size: number, token: string | undefined): Page<Dm> {
  const { items, next } = cut([...dms].reverse(), size, token, 'pagination_token');
  return { items, meta: { result_count: items.length, ...next } };
}
