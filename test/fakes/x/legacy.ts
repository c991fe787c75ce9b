import type { Happening } from './happening.ts';
import { mediaTypeOf, type StoredMedia } from './media-store.ts';
import { dmFileUrl, type Places, photoUrl } from './render.ts';
import type { Entities } from './text.ts';
import type { Dm, Post, User, World } from './world.ts';

/**
 * Bodies of the Account Activity API, on pages "Account activity data objects" and "Tweet object" (v1.1) of X: several events
 * in one body, each kind in a list of its own. Fields that nothing depends on are left out.
 */

type Json = Record<string, unknown>;

const legacyTime = (ms: number): string => {
  const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} +0000 ${year}`;
};

const legacyUser = (user: User): Json => ({
  id: Number(user.id),
  id_str: user.id,
  name: user.name,
  screen_name: user.username,
  protected: false,
  verified: user.verified,
  created_at: legacyTime(user.createdAt),
});

const legacyEntities = (entities: Entities | null): Json => ({
  hashtags: (entities?.hashtags ?? []).map(({ tag, start, end }) => ({ text: tag, indices: [start, end] })),
  symbols: [],
  user_mentions: (entities?.mentions ?? []).map(({ username, id, start, end }) => ({
    screen_name: username,
    ...(id === undefined ? {} : { id: Number(id), id_str: id }),
    indices: [start, end],
  })),
  urls: (entities?.urls ?? []).map(({ url, expanded_url, display_url, start, end }) => ({
    url,
    expanded_url,
    display_url,
    indices: [start, end],
  })),
});

const legacyMedia = (file: StoredMedia, url: string): Json => ({
  id: Number(file.id),
  id_str: file.id,
  media_url: url,
  media_url_https: url,
  type: mediaTypeOf(file.mime),
  sizes: { large: { w: 1200, h: 800, resize: 'fit' } },
});

const mediaOf = (world: World, keys: readonly string[]): StoredMedia[] =>
  keys.flatMap((key) => world.media.byKey(key) ?? []);

const legacyPost = (world: World, places: Places, post: Post, isNested = false): Json => {
  const user = world.user(post.authorId);
  const refers = (type: string): Post | undefined =>
    world.post(post.references.find((one) => one.type === type)?.id ?? '');
  const answered = refers('replied_to');
  const quoted = refers('quoted');
  const retweeted = refers('retweeted');
  const media = mediaOf(world, post.mediaKeys).map((file) => legacyMedia(file, photoUrl(places, file)));
  return {
    created_at: legacyTime(post.at),
    id: Number(post.id),
    id_str: post.id,
    text: post.text,
    truncated: post.note !== null,
    ...(post.note
      ? { extended_tweet: { full_text: post.note.text, entities: legacyEntities(post.note.entities) } }
      : {}),
    ...(user ? { user: legacyUser(user) } : {}),
    in_reply_to_status_id_str: answered?.id ?? null,
    in_reply_to_user_id_str: post.inReplyToUserId,
    is_quote_status: quoted !== undefined,
    ...(quoted ? { quoted_status_id_str: quoted.id } : {}),
    ...(quoted && !isNested ? { quoted_status: legacyPost(world, places, quoted, true) } : {}),
    ...(retweeted && !isNested ? { retweeted_status: legacyPost(world, places, retweeted, true) } : {}),
    entities: legacyEntities(post.entities),
    ...(media.length > 0 ? { extended_entities: { media } } : {}),
    ...(post.edits.length > 1 ? { edit_history: { initial_tweet_id: post.edits[0], edit_tweet_ids: post.edits } } : {}),
    lang: 'ar',
    timestamp_ms: String(post.at),
  };
};

/** A message, in both kinds of webhook. */
export function directMessageEvent(world: World, places: Places, dm: Dm): Json {
  const [file] = mediaOf(world, dm.mediaKeys);
  return {
    type: 'message_create',
    id: dm.id,
    created_timestamp: String(dm.at),
    message_create: {
      target: { recipient_id: dm.recipientId },
      sender_id: dm.senderId,
      message_data: {
        text: dm.text,
        entities: legacyEntities(dm.entities),
        ...(file ? { attachment: { type: 'media', media: legacyMedia(file, dmFileUrl(places, dm, file)) } } : {}),
      },
    },
  };
}

const usersOf = (world: World, happenings: readonly Happening[]): Json =>
  Object.fromEntries(
    [world.account, ...happenings.map(({ by }) => by)].map((user) => [
      user.id,
      {
        id: user.id,
        created_timestamp: String(user.createdAt),
        name: user.name,
        screen_name: user.username,
        protected: false,
        verified: user.verified,
      },
    ]),
  );

/** The list that tells of a kind of happening, and one element of it. */
const eventOf = (world: World, places: Places, happening: Happening): [string, Json] | null => {
  const { kind, post, dm, by, at } = happening;
  const gesture = { created_timestamp: String(at), sender_id: by.id, target: { recipient_id: world.account.id } };
  if (kind === 'post' && post) return ['tweet_create_events', legacyPost(world, places, post)];
  if (kind === 'delete' && post)
    return ['tweet_delete_events', { status: { id: post.id, user_id: post.authorId }, timestamp_ms: String(at) }];
  if (kind === 'dm' && dm) return ['direct_message_events', directMessageEvent(world, places, dm)];
  if (kind === 'read') return ['direct_message_mark_read_events', { ...gesture, last_read_event_id: dm?.id }];
  if (kind === 'typing') return ['direct_message_indicate_typing_events', gesture];
  // encrypted messages are not in the older API at all
  return null;
};

const revoked = (world: World, { by, at }: Happening): Json => ({
  user_event: {
    revoke: {
      date_time: new Date(at).toISOString(),
      target: { app_id: '29820954' },
      source: { user_id: by.id || world.account.id },
    },
  },
});

/** One body for as many happenings as are given; null where none of them can be told. */
export function accountActivityBody(world: World, places: Places, happenings: readonly Happening[]): Json | null {
  const revoke = happenings.find(({ kind }) => kind === 'revoke');
  if (revoke) return revoked(world, revoke);
  const lists: Record<string, Json[]> = {};
  for (const happening of happenings) {
    const event = eventOf(world, places, happening);
    if (event) lists[event[0]] = [...(lists[event[0]] ?? []), event[1]];
  }
  if (Object.keys(lists).length === 0) return null;
  const isPrivate = Object.keys(lists).some((name) => name.startsWith('direct_message'));
  return {
    for_user_id: world.account.id,
    ...(lists.tweet_create_events ? { user_has_blocked: false } : {}),
    ...lists,
    ...(isPrivate
      ? {
          users: usersOf(world, happenings),
          apps: { '29820954': { id: '29820954', name: 'Wasl', url: 'https://example.org' } },
        }
      : {}),
  };
}
