import { z } from 'zod';
import * as names from './names.ts';

/**
 * Every request that may go to X, from its OpenAPI document (X API v2, 2.167). What was added says its source. Unknown
 * parameters, fields and values are refused, as X refuses them.
 */

export const id = z.string().regex(/^[0-9]{1,19}$/, '[0-9]{1,19} expected');
const moment = z.iso.datetime().transform((text) => Date.parse(text));
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** A list with commas. */
const listOf = <Name extends string>(all: readonly Name[]) =>
  z
    .string()
    .min(1)
    .transform((text) => text.split(','))
    .pipe(
      z
        .array(z.enum(all as readonly [Name, ...Name[]]))
        .refine((some) => new Set(some).size === some.length, 'each only once'),
    );

const ids = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(id).min(1).max(100));

/** What every answer with posts can be asked for. */
const ofPosts = {
  'post.fields': listOf(names.postFields).optional(),
  'tweet.fields': listOf(names.tweetFields).optional(),
  expansions: listOf(names.postExpansions).optional(),
  'user.fields': listOf(names.userFields).optional(),
  'media.fields': listOf(names.mediaFields).optional(),
  'poll.fields': listOf(names.pollFields).optional(),
  'place.fields': listOf(names.placeFields).optional(),
};

const between = {
  since_id: id.optional(),
  until_id: id.optional(),
  start_time: moment.optional(),
  end_time: moment.optional(),
};

const timeline = {
  ...ofPosts,
  ...between,
  max_results: count(5, 100).default(10),
  pagination_token: z.string().min(1).optional(),
};

export const nothing = z.strictObject({});
export const byId = z.strictObject({ id });

export const userQuery = z.strictObject({
  'user.fields': listOf(names.userFields).optional(),
  'post.fields': listOf(names.postFields).optional(),
  'tweet.fields': listOf(names.tweetFields).optional(),
  expansions: listOf(names.userExpansions).optional(),
});
export const byUsername = z.strictObject({ username: z.string().regex(/^[A-Za-z0-9_]{1,15}$/) });

export const mentionsQuery = z.strictObject(timeline);
export const userPostsQuery = z.strictObject({
  ...timeline,
  exclude: listOf(['replies', 'retweets'] as const).optional(),
});

export const searchQuery = z.strictObject({
  ...ofPosts,
  ...between,
  // The document has 4096; page "Rate limits": 512 for recent search on self-serve.
  query: z.string().min(1).max(512),
  max_results: count(10, 100).default(10),
  next_token: z.string().min(1).optional(),
  pagination_token: z.string().min(1).optional(),
  sort_order: z.enum(['recency', 'relevancy']).optional(),
});

export const postQuery = z.strictObject(ofPosts);
export const postsQuery = z.strictObject({ ...ofPosts, ids });

const replySettings = z.enum(['following', 'mentionedUsers', 'subscribers', 'verified']);

/** Without what Wasl never sends: cards, communities, edits, places, polls, sharing, calls to action. They are refused. */
export const postBody = z
  .strictObject({
    text: z.string().default(''),
    reply: z
      .strictObject({
        in_reply_to_tweet_id: id,
        auto_populate_reply_metadata: z.boolean().optional(),
        exclude_reply_user_ids: z.array(z.string()).optional(),
      })
      .optional(),
    quote_tweet_id: id.optional(),
    media: z
      .strictObject({ media_ids: z.array(id).min(1).max(4), tagged_user_ids: z.array(id).max(10).optional() })
      .optional(),
    reply_settings: replySettings.optional(),
    for_super_followers_only: z.boolean().optional(),
    made_with_ai: z.boolean().optional(),
    nullcast: z.boolean().optional(),
    paid_partnership: z.boolean().optional(),
    direct_message_deep_link: z.string().optional(),
  })
  .refine((one) => one.text !== '' || one.media !== undefined, {
    message: 'text or media is required',
    path: ['text'],
  });

const ofDms = {
  'dm_event.fields': listOf(names.dmFields).optional(),
  event_types: listOf(names.dmEventTypes).optional(),
  expansions: listOf(names.dmExpansions).optional(),
  'user.fields': listOf(names.userFields).optional(),
  'post.fields': listOf(names.postFields).optional(),
  'tweet.fields': listOf(names.tweetFields).optional(),
  'media.fields': listOf(names.mediaFields).optional(),
  max_results: count(1, 100).default(100),
  pagination_token: z.string().min(16).optional(),
};
export const dmsQuery = z.strictObject(ofDms);
export const byParticipant = z.strictObject({ participant_id: id });

export const dmBody = z
  .strictObject({
    // Page "Direct messages" of X: up to 10,000 characters.
    text: z.string().min(1).max(10_000).optional(),
    // Page "Manage direct messages" of X: one file.
    attachments: z
      .array(z.strictObject({ media_id: id }))
      .min(1)
      .max(1)
      .optional(),
  })
  .refine((one) => one.text !== undefined || one.attachments !== undefined, {
    message: 'text or attachments is required',
    path: ['text'],
  });

export const byDmMedia = z.strictObject({ dm_id: z.string(), media_id: z.string(), resource_id: z.string() });

export const initializeBody = z.strictObject({
  media_type: z.enum(names.mediaTypes).optional(),
  media_category: z.enum(names.mediaCategories).optional(),
  total_bytes: z.number().int().min(0).max(17_179_869_184).optional(),
  additional_owners: z.array(id).optional(),
  shared: z.boolean().optional(),
});
export const appendBody = z.strictObject({
  segment_index: z.coerce.number().int().min(0).max(999),
  /** Base64, where it is not a part of a form. */
  media: z.base64().optional(),
});
export const mediaStatusQuery = z.strictObject({ media_id: id, command: z.literal('STATUS').optional() });

export const webhooksQuery = z.strictObject({ 'webhook_config.fields': listOf(names.webhookFields).optional() });
export const webhookBody = z.strictObject({ url: z.url().max(200) });
export const byWebhook = z.strictObject({ webhook_id: id });
const minute = z.string().regex(/^[0-9]{12}$/);
export const replayBody = z.strictObject({ webhook_id: id, from_date: minute, to_date: minute });

export const subscriptionsQuery = z.strictObject({
  max_results: count(1, 1000).default(100),
  pagination_token: z.string().min(16).optional(),
});
export const subscriptionBody = z.strictObject({
  event_type: z.enum(names.activityEvents),
  filter: z.strictObject({
    user_id: z.string().optional(),
    keyword: z.string().optional(),
    direction: z.enum(['inbound', 'outbound']).optional(),
  }),
  tag: z.string().min(1).max(200).optional(),
  webhook_id: id.optional(),
});
export const subscriptionChange = z.strictObject({
  tag: z.string().min(1).max(200).optional(),
  webhook_id: id.optional(),
});
export const bySubscription = z.strictObject({ subscription_id: id });
export const idsQuery = z.strictObject({ ids });
export const byWebhookAndUser = z.strictObject({ webhook_id: id, user_id: id });

export const usageQuery = z.strictObject({
  days: count(1, 90).default(7),
  'usage.fields': listOf(names.usageFields).optional(),
});

/** Not in the document: page "OAuth 2.0 authorization code flow with PKCE" of X. */
export const tokenBody = z.strictObject({
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string().min(1),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

export type PostsAsked = z.infer<typeof postQuery>;
export type TimelineAsked = z.infer<typeof mentionsQuery>;
export type SearchAsked = z.infer<typeof searchQuery>;
export type DmsAsked = z.infer<typeof dmsQuery>;
export type UserAsked = z.infer<typeof userQuery>;
export type PostBody = z.infer<typeof postBody>;
export type DmBody = z.infer<typeof dmBody>;
