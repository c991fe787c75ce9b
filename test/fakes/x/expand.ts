import { documentExpansions } from './names.ts';
import { absent } from './problems.ts';
import { inDocumentWords, type Places, renderDm, renderMedia, renderPost, renderUser } from './render.ts';
import type { DmsAsked, PostsAsked } from './schema.ts';
import type { Dm, Post, User, World } from './world.ts';

type Json = Record<string, unknown>;

/** What is asked of posts, users and media, in the client's words. */
interface Wanted {
  post: Set<string>;
  user: string[];
  media: string[];
  expansions: Set<string>;
  isDocument: boolean;
}

const inClientWords: Record<string, string> = {
  referenced_posts: 'referenced_tweets.id',
  edit_history_post_ids: 'edit_history_tweet_ids',
  note_post: 'note_tweet',
};

/** An expansion brings the field with it that it expands. Page "Expansions" of X. */
const fieldOf: Record<string, string> = {
  author_id: 'author_id',
  in_reply_to_user_id: 'in_reply_to_user_id',
  'attachments.media_keys': 'attachments',
  'referenced_tweets.id': 'referenced_tweets',
  'referenced_tweets.id.author_id': 'referenced_tweets',
  'referenced_tweets.id.attachments.media_keys': 'referenced_tweets',
  'entities.mentions.username': 'entities',
};

const wantedOf = (asked: PostsAsked | DmsAsked): Wanted => {
  const given: readonly string[] = asked.expansions ?? [];
  const expansions = new Set(given.map((name) => inClientWords[name] ?? name));
  const named: readonly string[] = [...(asked['tweet.fields'] ?? []), ...(asked['post.fields'] ?? [])];
  const fields = named.map((name) => inClientWords[name] ?? name);
  return {
    post: new Set([...fields, ...[...expansions].flatMap((name) => fieldOf[name] ?? [])]),
    user: asked['user.fields'] ?? [],
    media: asked['media.fields'] ?? [],
    expansions,
    isDocument:
      asked['post.fields'] !== undefined ||
      given.some((name) => (documentExpansions as readonly string[]).includes(name)),
  };
};

/** What an answer carries beside its data. */
interface Beside {
  users: Map<string, User>;
  posts: Map<string, Post>;
  media: Map<string, Json>;
  errors: Json[];
}

const referredTo = (world: World, posts: readonly Post[], beside: Beside): void => {
  for (const { id } of posts.flatMap(({ references }) => references)) {
    const found = world.post(id);
    if (found && !found.deleted) beside.posts.set(id, found);
    else if (!beside.errors.some((one) => one.resource_id === id))
      beside.errors.push(absent('tweet', id, 'referenced_tweets.id'));
  }
};

const addUsers = (world: World, ids: readonly (string | null | undefined)[], beside: Beside): void => {
  for (const id of ids) {
    const user = id ? world.user(id) : undefined;
    if (user) beside.users.set(user.id, user);
  }
};

const addMedia = (world: World, places: Places, posts: readonly Post[], wanted: Wanted, beside: Beside): void => {
  for (const mediaKey of posts.flatMap(({ mediaKeys }) => mediaKeys)) {
    const file = world.media.byKey(mediaKey);
    if (file) beside.media.set(mediaKey, renderMedia(places, file, wanted.media));
  }
};

const besidePosts = (world: World, places: Places, posts: readonly Post[], wanted: Wanted): Beside => {
  const beside: Beside = { users: new Map(), posts: new Map(), media: new Map(), errors: [] };
  const asks = (name: string): boolean => wanted.expansions.has(name);
  const asksReferred = [...wanted.expansions].some((name) => name.startsWith('referenced_tweets.id'));
  if (asksReferred) referredTo(world, posts, beside);
  const referred = [...beside.posts.values()];
  if (asks('author_id'))
    addUsers(
      world,
      posts.map(({ authorId }) => authorId),
      beside,
    );
  if (asks('referenced_tweets.id.author_id'))
    addUsers(
      world,
      referred.map(({ authorId }) => authorId),
      beside,
    );
  if (asks('in_reply_to_user_id'))
    addUsers(
      world,
      posts.map(({ inReplyToUserId }) => inReplyToUserId),
      beside,
    );
  if (asks('entities.mentions.username'))
    addUsers(
      world,
      posts.flatMap(({ entities }) => (entities?.mentions ?? []).map(({ id }) => id)),
      beside,
    );
  if (asks('attachments.media_keys')) addMedia(world, places, posts, wanted, beside);
  if (asks('referenced_tweets.id.attachments.media_keys')) addMedia(world, places, referred, wanted, beside);
  if (asks('edit_history_tweet_ids'))
    for (const id of posts.flatMap(({ edits }) => edits)) {
      const edit = world.post(id);
      if (edit) beside.posts.set(id, edit);
    }
  return beside;
};

const answerOf = (world: World, wanted: Wanted, data: unknown, beside: Beside, meta?: Json): Json => {
  const includes = {
    ...(beside.users.size > 0
      ? { users: [...beside.users.values()].map((user) => renderUser(world, user, wanted.user)) }
      : {}),
    ...(beside.posts.size > 0
      ? { tweets: [...beside.posts.values()].map((post) => renderPost(world, post, wanted.post)) }
      : {}),
    ...(beside.media.size > 0 ? { media: [...beside.media.values()] } : {}),
  };
  const answer: Json = {
    ...(data === undefined ? {} : { data }),
    ...(Object.keys(includes).length > 0 ? { includes } : {}),
    ...(beside.errors.length > 0 ? { errors: beside.errors } : {}),
    ...(meta ? { meta } : {}),
  };
  return wanted.isDocument ? (inDocumentWords(answer) as Json) : answer;
};

/** An answer with a list of posts. X leaves `data` out where there is none. */
export function postsAnswer(
  world: World,
  places: Places,
  posts: readonly Post[],
  asked: PostsAsked,
  meta?: Json,
): Json {
  const wanted = wantedOf(asked);
  const beside = besidePosts(world, places, posts, wanted);
  const data = posts.map((post) => renderPost(world, post, wanted.post));
  return answerOf(world, wanted, data.length > 0 ? data : undefined, beside, meta);
}

/** An answer with one post. */
export function postAnswer(world: World, places: Places, post: Post, asked: PostsAsked): Json {
  const wanted = wantedOf(asked);
  return answerOf(world, wanted, renderPost(world, post, wanted.post), besidePosts(world, places, [post], wanted));
}

const dmFieldOf: Record<string, string> = { sender_id: 'sender_id', 'attachments.media_keys': 'attachments' };

/** An answer with a list of messages. */
export function dmsAnswer(world: World, places: Places, dms: readonly Dm[], asked: DmsAsked, meta: Json): Json {
  const wanted = wantedOf(asked);
  const beside: Beside = { users: new Map(), posts: new Map(), media: new Map(), errors: [] };
  if (wanted.expansions.has('sender_id'))
    addUsers(
      world,
      dms.map(({ senderId }) => senderId),
      beside,
    );
  if (wanted.expansions.has('attachments.media_keys'))
    for (const dm of dms)
      for (const mediaKey of dm.mediaKeys) {
        const file = world.media.byKey(mediaKey);
        if (file) beside.media.set(mediaKey, renderMedia(places, file, wanted.media, dm));
      }
  const fields = [
    ...(asked['dm_event.fields'] ?? []),
    ...[...wanted.expansions].flatMap((name) => dmFieldOf[name] ?? []),
  ];
  const data = dms.map((dm) => renderDm(world, dm, fields));
  return answerOf(world, wanted, data.length > 0 ? data : undefined, beside, meta);
}
