import type { Inbox } from '../api/shapes.ts';
import { mostPosts, postsIn, publicLength } from './public-length.ts';

/** How a text fits the medium. */
export interface Fit {
  /** By how many letters it is too long; none up to 0. */
  excess: number;
  /** Of a text for everybody: how much of one post it takes, and how many posts it makes. */
  posts: { used: number; max: number; count: number } | null;
  /** It can go out as it is. */
  fits: boolean;
}

type Limits = Pick<NonNullable<Inbox['capabilities']>, 'maxLength' | 'visibility'>;

/** How a text fits where it is to go; anything fits where the limits are not known, for the server has the last word. */
export function fitOf(text: string, limits: Limits | null): Fit {
  const max = limits?.maxLength ?? Number.POSITIVE_INFINITY;
  if (limits?.visibility !== 'public') return { excess: text.length - max, posts: null, fits: text.length <= max };
  const count = postsIn(text, max);
  return { excess: 0, posts: { used: publicLength(text.trim()), max, count }, fits: count <= mostPosts };
}
