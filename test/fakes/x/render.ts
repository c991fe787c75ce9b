import { iso } from '../../../src/clock.ts';
import { mediaTypeOf, type StoredMedia } from './media-store.ts';
import type { Dm, Post, User, World } from './world.ts';

type Json = Record<string, unknown>;
type Fields<One> = Record<string, (one: One, world: World) => unknown>;

/** Where files are served. */
export interface Places {
  origin(): string;
}

const present = (fields: Json): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

const pick = <One>(all: Fields<One>, wanted: Iterable<string>, one: One, world: World): Json =>
  present(Object.fromEntries([...wanted].map((name) => [name, all[name]?.(one, world)])));

const some = <One>(list: readonly One[]): readonly One[] | undefined => (list.length > 0 ? list : undefined);
const anHour = 60 * 60 * 1000;
const noMetrics = {
  retweet_count: 0,
  reply_count: 0,
  like_count: 0,
  quote_count: 0,
  bookmark_count: 0,
  impression_count: 0,
};

/** What can be asked of a post and is there; other names are allowed and have no value. */
const postFields: Fields<Post> = {
  id: ({ id }) => id,
  text: ({ text }) => text,
  edit_history_tweet_ids: ({ edits }) => edits,
  author_id: ({ authorId }) => authorId,
  created_at: ({ at }) => iso(at),
  conversation_id: ({ conversationId }) => conversationId,
  in_reply_to_user_id: ({ inReplyToUserId }) => inReplyToUserId,
  referenced_tweets: ({ references }) => some(references),
  attachments: ({ mediaKeys }) => (mediaKeys.length > 0 ? { media_keys: mediaKeys } : undefined),
  entities: ({ entities }) => entities,
  note_tweet: ({ note }) => note && present({ text: note.text, entities: note.entities }),
  display_text_range: ({ range }) => range,
  lang: ({ typed }) => (/[\u0600-\u06ff]/.test(typed) ? 'ar' : /[a-z]/i.test(typed) ? 'en' : 'und'),
  possibly_sensitive: () => false,
  reply_settings: () => 'everyone',
  source: ({ viaApi }) => (viaApi ? 'Wasl' : 'X for iPhone'),
  edit_controls: ({ at, edits }) => ({
    edits_remaining: Math.max(0, 6 - edits.length),
    is_edit_eligible: true,
    editable_until: iso(at + anHour),
  }),
  public_metrics: () => noMetrics,
};

const userFields: Fields<User> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  username: ({ username }) => username,
  created_at: ({ createdAt }) => iso(createdAt),
  protected: () => false,
  verified: ({ verified }) => verified,
  verified_type: ({ verified }) => (verified ? 'government' : 'none'),
  receives_your_dm: ({ closedDms }) => !closedDms,
  profile_image_url: () => 'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
  public_metrics: (user, world) => ({
    followers_count: 0,
    following_count: 0,
    tweet_count: world.posts().filter(({ authorId }) => authorId === user.id).length,
    listed_count: 0,
  }),
};

const postDefaults = ['id', 'text', 'edit_history_tweet_ids'];
const userDefaults = ['id', 'name', 'username'];
const mediaDefaults = ['media_key', 'type'];
const dmDefaults = ['id', 'event_type', 'text'];

export const renderPost = (world: World, post: Post, wanted: Iterable<string>): Json =>
  pick(postFields, new Set([...postDefaults, ...wanted]), post, world);

/** As a webhook gives it: with every field there is. */
export const wholePost = (world: World, post: Post): Json => renderPost(world, post, Object.keys(postFields));

export const renderUser = (world: World, user: User, wanted: Iterable<string>): Json =>
  pick(userFields, new Set([...userDefaults, ...wanted]), user, world);

/** As a webhook gives it; without the count of posts, which would cost a walk through all of them. */
export const wholeUser = (world: World, user: User): Json =>
  renderUser(
    world,
    user,
    Object.keys(userFields).filter((name) => name !== 'public_metrics'),
  );

/** Where a photo of a post is: open to everybody, as pictures on X are. */
export const photoUrl = (places: Places, file: StoredMedia): string => `${places.origin()}/media/${file.name}`;

/** Where a file of a message is: only with the account's signature. The path is that of the older API of X. */
export const dmFileUrl = (places: Places, dm: Dm, file: StoredMedia): string =>
  `${places.origin()}/1.1/ton/data/dm/${dm.id}/${file.id}/${file.name}`;

export const renderMedia = (places: Places, file: StoredMedia, wanted: Iterable<string>, dm?: Dm): Json => {
  const url = dm ? dmFileUrl(places, dm, file) : photoUrl(places, file);
  const type = mediaTypeOf(file.mime);
  const all: Json = {
    media_key: file.mediaKey,
    type,
    // X gives an address of photos only; of a video there is a preview and its variants
    url: type === 'photo' ? url : undefined,
    preview_image_url: type === 'photo' ? undefined : `${url}.jpg`,
    variants: type === 'photo' ? undefined : [{ content_type: file.mime, url, bit_rate: 832_000 }],
    duration_ms: type === 'video' ? 5000 : undefined,
    width: 1200,
    height: 800,
  };
  return present(Object.fromEntries([...new Set([...mediaDefaults, ...wanted])].map((name) => [name, all[name]])));
};

const dmFields: Fields<Dm> = {
  id: ({ id }) => id,
  event_type: () => 'MessageCreate',
  text: ({ text }) => text,
  created_at: ({ at }) => iso(at),
  sender_id: ({ senderId }) => senderId,
  dm_conversation_id: ({ conversationId }) => conversationId,
  attachments: ({ mediaKeys }) => (mediaKeys.length > 0 ? { media_keys: mediaKeys } : undefined),
  entities: ({ entities }) => entities,
};

export const renderDm = (world: World, dm: Dm, wanted: Iterable<string>): Json =>
  pick(dmFields, new Set([...dmDefaults, ...wanted]), dm, world);

const inDocument: Record<string, string> = {
  edit_history_tweet_ids: 'edit_history_post_ids',
  referenced_tweets: 'referenced_posts',
  note_tweet: 'note_post',
  retweet_count: 'repost_count',
  tweet_count: 'post_count',
  tweets: 'posts',
  pinned_tweet_id: 'pinned_post_id',
  most_recent_tweet_id: 'most_recent_post_id',
};

/** The same with the names that the document has. */
export const inDocumentWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inDocumentWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [inDocument[key] ?? key, inDocumentWords(inner)]),
  );
};
