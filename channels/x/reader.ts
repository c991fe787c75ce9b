import { z } from 'zod';
import type { XApi, XClient } from './client.ts';
import type { Endpoint } from './limits.ts';
import type { Meter } from './meter.ts';
import type { Billed } from './prices.ts';
import { readFields, type Self, type XReader } from './reading.ts';

/** Reads besides those of the polling: what became of our own sendings. */
export interface OwnReader {
  /** A page of the posts of the account itself after this one, newest first; `next` is `meta.next_token` of the page before. */
  ownPosts(query: { sinceId: string; next?: string | undefined }, signal?: AbortSignal): Promise<unknown>;
  /** The last direct messages with one person, newest first. */
  dmEventsWith(userId: string, signal?: AbortSignal): Promise<unknown>;
}

export interface ReaderOptions {
  client: XClient;
  meter: Meter;
  /** Whose account it is. */
  self(signal?: AbortSignal): Promise<Self>;
}

/** What is billed of an answer: the things that were asked for, not those that come along with them. */
const billedIn = z.object({ data: z.array(z.object({ id: z.string() }).catch({ id: '' })).catch([]) });

interface Read {
  endpoint: Endpoint;
  price: Billed;
  signal?: AbortSignal | undefined;
}

/** The fewest results that X lets one ask for on a page. */
const fewest = { mentions: 5, search: 10, dmEvents: 1 } as const;

type Query = Record<string, string | number | undefined>;

/** Asks for one page as raw JSON, and counts what came. */
async function readPage(
  { client, meter }: Pick<ReaderOptions, 'client' | 'meter'>,
  { endpoint, price, signal }: Read,
  get: (api: XApi) => Promise<unknown>,
): Promise<unknown> {
  meter.check(price);
  const answer = await client.ask({ endpoint, signal }, get);
  const read = billedIn.safeParse(answer);
  if (read.success) {
    const ids = read.data.data.map(({ id }) => id).filter(Boolean);
    meter.read(price, ids);
  }
  return answer;
}

/** Asks whose the account is: GET /2/users/me. */
export const askSelf = ({ client, meter }: Pick<ReaderOptions, 'client' | 'meter'>, signal?: AbortSignal) => {
  meter.check('owned-read');
  return client.ask({ endpoint: 'me', signal }, async (api): Promise<unknown> => {
    const answer = await api.get('users/me', { 'user.fields': 'id,name,username' });
    meter.read('owned-read', ['me']);
    return answer;
  });
};

/** As much as tells one of our sendings from another. */
const ownFields = {
  posts: { 'post.fields': 'attachments,created_at,id,note_post,text', expansions: 'referenced_posts' },
  dms: {
    event_types: 'MessageCreate',
    'dm_event.fields': 'attachments,created_at,event_type,id,text',
    expansions: 'sender_id',
  },
} as const;

/** The reads of an account: each counts its cost, and none tries again. */
export function createReader(options: ReaderOptions): XReader & OwnReader {
  const { self } = options;
  const page = (read: Read, path: string, query: Query, params: Query = {}): Promise<unknown> =>
    readPage(options, read, (api) => api.get(path, query, { params }));

  /** No more are asked for than what is left of the budget can pay. */
  const most = (endpoint: keyof typeof fewest, price: Billed, max: number): number =>
    Math.max(fewest[endpoint], Math.min(max, options.meter.affordable(price)));

  return {
    me: self,
    async mentions({ sinceId, untilId, next, max }, signal) {
      const { id } = await self(signal);
      return page(
        { endpoint: 'mentions', price: 'owned-read', signal },
        'users/:id/mentions',
        {
          ...readFields.posts,
          max_results: most('mentions', 'owned-read', max),
          since_id: sinceId,
          until_id: untilId,
          pagination_token: next,
        },
        { id },
      );
    },
    search: ({ query, sinceId, untilId, next, max }, signal) =>
      page({ endpoint: 'search', price: 'post-read', signal }, 'tweets/search/recent', {
        ...readFields.posts,
        query,
        max_results: most('search', 'post-read', max),
        since_id: sinceId,
        until_id: untilId,
        next_token: next,
      }),
    dmEvents: ({ next, max }, signal) =>
      page({ endpoint: 'dmEvents', price: 'dm-read', signal }, 'dm_events', {
        ...readFields.dmEvents,
        max_results: most('dmEvents', 'dm-read', max),
        pagination_token: next,
      }),
    posts: (ids, signal) =>
      page({ endpoint: 'posts', price: 'post-read', signal }, 'tweets', { ...readFields.posts, ids: ids.join(',') }),
    async ownPosts({ sinceId, next }, signal) {
      const { id } = await self(signal);
      return page(
        { endpoint: 'ownPosts', price: 'owned-read', signal },
        'users/:id/tweets',
        { ...ownFields.posts, max_results: 100, since_id: sinceId, ...(next ? { pagination_token: next } : {}) },
        { id },
      );
    },
    dmEventsWith: (userId, signal) =>
      page(
        { endpoint: 'dmEventsWith', price: 'dm-read', signal },
        'dm_conversations/with/:participant_id/dm_events',
        { ...ownFields.dms, max_results: 20 },
        { participant_id: userId },
      ),
  };
}
