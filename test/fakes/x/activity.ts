import { createHash, randomInt, randomUUID } from 'node:crypto';
import { iso } from '../../../src/clock.ts';
import { type ActivityEvent, filterUserOf, type Happening } from './happening.ts';
import { directMessageEvent } from './legacy.ts';
import { type Places, renderMedia, wholePost, wholeUser } from './render.ts';
import type { Post, World } from './world.ts';

/**
 * Bodies of the X Activity API, one event each. Documented on page "X Activity API event payload examples": the envelope,
 * `post.create`, `post.mention.create`, `post.delete`, `dm.sent`, `dm.received`, `chat.received`, `oauth.revoke`, and that
 * every whole number stands a second time as `…_str`. Assumed: that `post.reply.create`, `post.quote.create` and
 * `post.repost.create` look like a mention, `includes.media`, and what `dm.read` and `dm.indicate_typing` carry, which the
 * page only names (given as the older Account Activity API has them).
 */

type Json = Record<string, unknown>;

/** Numbers a second time, as text. */
const withStrings = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
      Number.isInteger(inner)
        ? [
            [key, inner],
            [`${key}_str`, String(inner)],
          ]
        : [[key, withStrings(inner)]],
    ),
  );
};

const usersMap = (world: World, ids: readonly string[]): Json =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const user = world.user(id);
      return user ? [[id, { data: wholeUser(world, user) }]] : [];
    }),
  );

const includesOf = (world: World, places: Places, post: Post): Json => {
  const referred = post.references.flatMap(({ id }) => world.post(id) ?? []);
  const ids = new Set([post.authorId, world.account.id, ...referred.map(({ authorId }) => authorId)]);
  const media = [post, ...referred]
    .flatMap(({ mediaKeys }) => mediaKeys)
    .flatMap((key) => world.media.byKey(key) ?? []);
  return {
    users: [...ids].flatMap((id) => world.user(id) ?? []).map((user) => wholeUser(world, user)),
    tweets: [post, ...referred].map((one) => wholePost(world, one)),
    ...(media.length > 0
      ? { media: media.map((file) => renderMedia(places, file, ['url', 'width', 'height', 'preview_image_url'])) }
      : {}),
  };
};

const opaque = (seed: string, length: number): string =>
  createHash('sha512').update(seed).digest('base64').repeat(4).slice(0, length);

const encrypted = (world: World, { by, at }: Happening): Json => ({
  conversation_token: `eyJhbGciOiJIUzI1NiJ9.${opaque(`${by.id}token`, 40)}`,
  id: randomUUID(),
  created_at_msec: String(at),
  sender_id: by.id,
  conversation_id: `${by.id}:${world.account.id}`,
  conversation_key_version: '1768236281331',
  encoded_event: opaque(`${by.id}${at}`, 120),
  conversation_key_change_event: opaque(by.id, 80),
  message_event_signature: {
    public_key_version: '1765382634817',
    signature: opaque(`${at}signature`, 86),
    signature_version: '7',
    signing_public_key: opaque('key', 120),
  },
});

const gesture = (world: World, happening: Happening): Json => {
  const { kind, by, at, dm } = happening;
  const common = { created_timestamp: String(at), sender_id: by.id, target: { recipient_id: world.account.id } };
  const users = usersMap(world, [by.id, world.account.id]);
  return kind === 'read'
    ? { direct_message_mark_read_events: [{ ...common, last_read_event_id: dm?.id }], users }
    : { direct_message_indicate_typing_events: [common], users };
};

const payloadOf = (world: World, places: Places, happening: Happening): { payload: unknown; includes?: unknown } => {
  const { kind, post, dm, by, at } = happening;
  if (kind === 'post' && post) {
    return { payload: withStrings(wholePost(world, post)), includes: withStrings(includesOf(world, places, post)) };
  }
  if (kind === 'delete' && post) {
    // the page shows the user below `data` here, and without it in a mention
    return {
      payload: { id: post.id, author_id: post.authorId },
      includes: { users: [{ data: withStrings(wholeUser(world, by)) }] },
    };
  }
  if (kind === 'dm' && dm) {
    return {
      payload: {
        direct_message_events: [directMessageEvent(world, places, dm)],
        users: withStrings(usersMap(world, [dm.senderId, dm.recipientId])),
      },
    };
  }
  if (kind === 'encrypted') return { payload: encrypted(world, happening) };
  if (kind === 'revoke')
    return { payload: { date_time: iso(at).replace(/\.\d+Z$/, '+00:00'), user_id: by.id, app_id: '29820954' } };
  return { payload: gesture(world, happening) };
};

/** A number of 64 bits with its sign. */
const newUuid = (): string =>
  `${randomInt(2) === 0 ? '-' : ''}${randomInt(1, 9)}${randomInt(1e9, 1e10 - 1)}${randomInt(1e6, 1e7 - 1)}`;

/** The body of one event, new for each delivery: `event_uuid` names the delivery, not what happened. */
export function activityBody(
  world: World,
  places: Places,
  told: { happening: Happening; type: ActivityEvent; tag?: string },
): Json {
  const user = filterUserOf(world, told.happening);
  return {
    data: {
      event_uuid: newUuid(),
      filter: user === null ? {} : { user_id: user },
      event_type: told.type,
      ...(told.tag === undefined ? {} : { tag: told.tag }),
      ...payloadOf(world, places, told.happening),
    },
  };
}
