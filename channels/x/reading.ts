/** One page of a list that the provider gives newest first. Ids are decimal strings beyond 2^53. */
export interface PageQuery {
  /** Only posts with a larger id. */
  sinceId?: string;
  /** Only posts with a smaller id. */
  untilId?: string;
  /** `meta.next_token` of the page before. */
  next?: string;
  /** Most results on the page: 5–100 (search: 10–100). */
  max: number;
}

/**
 * The reads that polling needs; made by client.ts, which counts cost and limits, asks for all fields and expansions that
 * `payload/` reads (`readFields`), and tries nothing again itself. The bodies are given raw, as the provider sent them. All
 * reject with a `SendError`: `throttled` with `retryAfterMs` (until the window's reset), `config-invalid` for a refused
 * account or a used-up budget, `rejected` where the plan lacks the endpoint, `unreachable`, `timed-out`,
 * `unexpected-response`.
 */
export interface XReader {
  me(signal?: AbortSignal): Promise<Self>;
  /** GET /2/users/:id/mentions. */
  mentions(query: PageQuery, signal?: AbortSignal): Promise<unknown>;
  /** GET /2/tweets/search/recent (7 days). */
  search(query: PageQuery & { query: string }, signal?: AbortSignal): Promise<unknown>;
  /** GET /2/dm_events (30 days; knows no ids to begin at). */
  dmEvents(query: { next?: string; max: number }, signal?: AbortSignal): Promise<unknown>;
  /** GET /2/tweets: at most 100 ids. */
  posts(ids: readonly string[], signal?: AbortSignal): Promise<unknown>;
}

/** Own account as far as parsing must know; `username` without the @. */
export interface Self {
  id: string;
  username: string;
}

/**
 * The fields and expansions that the parsers read, under the names of the official OpenAPI (2.167): `posts` for mentions,
 * search and lookup alike. The parsers understand what comes back under the older names too (`referenced_tweets`, …).
 */
export const readFields = {
  posts: {
    'post.fields': 'attachments,conversation_id,created_at,display_text_range,entities,id,lang,note_post,text,withheld',
    expansions: 'author_id,attachments.media_keys,edit_history_post_ids,in_reply_to_user_id,referenced_posts',
    'user.fields': 'id,name,protected,username',
    'media.fields': 'alt_text,duration_ms,preview_image_url,type,url,variants',
  },
  dmEvents: {
    event_types: 'MessageCreate',
    'dm_event.fields': 'attachments,created_at,dm_conversation_id,entities,event_type,id,text',
    expansions: 'attachments.media_keys,participant_ids,referenced_posts,sender_id',
    'user.fields': 'id,name,protected,username',
    'post.fields': 'created_at,entities,id,lang,note_post,text',
    'media.fields': 'alt_text,duration_ms,preview_image_url,type,url,variants',
  },
} as const;

/** Who knows what Wasl has sent or is sending at the moment: ids of posts and of dm events. */
export interface OwnSendings {
  has(id: string): boolean;
}

/** How the reading is: what stands in the state of the inbox. */
export interface ReadingState {
  state: 'starting' | 'connected' | 'reconnecting' | 'bad-credentials';
  /** A sentence for people, where it is not well or something may be missing. */
  reason: string | null;
}
