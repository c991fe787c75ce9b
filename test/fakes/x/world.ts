import type { Clock } from '../../../src/clock.ts';
import { compareIds, createIds, type Ids, isAfter } from './ids.ts';
import { createMediaStore, type MediaStore } from './media-store.ts';
import { beginningOf, type Entities, handlesIn, isTooLong, repostOf, write } from './text.ts';

/** An account at X. */
export interface User {
  id: string;
  username: string;
  name: string;
  createdAt: number;
  /** Takes messages only from whom it wrote to. */
  closedDms: boolean;
  verified: boolean;
}

export interface Reference {
  type: 'replied_to' | 'quoted' | 'retweeted';
  id: string;
}

/** A post as X keeps it. */
export interface Post {
  id: string;
  authorId: string;
  at: number;
  /** What was typed, without mentions that a reply carries by itself. */
  typed: string;
  /** As the API gives it. */
  text: string;
  entities: Entities | null;
  range: [number, number];
  /** The whole of a long post. */
  note: { text: string; entities: Entities | null } | null;
  conversationId: string;
  inReplyToUserId: string | null;
  references: Reference[];
  mediaKeys: string[];
  /** Its id and those of the posts that it is an edit of, oldest first. */
  edits: string[];
  /** Not in the timeline of mentions before this time. */
  visibleFrom: number;
  deleted: boolean;
  /** The edit that took its place. */
  editedBy: string | null;
  viaApi: boolean;
}

/** A direct message as X keeps it. */
export interface Dm {
  id: string;
  at: number;
  senderId: string;
  recipientId: string;
  conversationId: string;
  typed: string;
  text: string;
  entities: Entities | null;
  mediaKeys: string[];
  viaApi: boolean;
}

export interface NewPost {
  authorId: string;
  typed: string;
  at?: number;
  replyTo?: string;
  quote?: string;
  retweet?: string;
  mediaKeys?: readonly string[];
  edits?: readonly string[];
  lateMs?: number;
  viaApi?: boolean;
}

export interface NewDm {
  from: string;
  to: string;
  typed: string;
  at?: number;
  mediaKeys?: readonly string[];
  viaApi?: boolean;
}

/** Everything that is on X. */
export interface World {
  clock: Clock;
  ids: Ids;
  media: MediaStore;
  account: User;
  addUser(user: Omit<User, 'id' | 'createdAt'> & { id?: string }): User;
  user(id: string): User | undefined;
  byUsername(username: string): User | undefined;
  post(id: string): Post | undefined;
  writePost(given: NewPost): Post;
  /** Oldest first, as every list here. */
  posts(): readonly Post[];
  mentions(): readonly Post[];
  dms(): readonly Dm[];
  dm(id: string): Dm | undefined;
  writeDm(given: NewDm): Dm;
  /** The post is there: neither deleted nor replaced by an edit. */
  isShown(post: Post): boolean;
  mentionsAccount(post: Post): boolean;
}

const insert = <One extends { id: string }>(list: One[], one: One): void => {
  let at = list.length;
  while (at > 0 && compareIds(list[at - 1]?.id ?? '', one.id) > 0) at -= 1;
  list.splice(at, 0, one);
};

/** The lower id first. Page "Direct messages" of X. */
export const dmConversationOf = (one: string, other: string): string => [one, other].sort(compareIds).join('-');

const referencesOf = (given: NewPost): Reference[] => [
  ...(given.replyTo ? [{ type: 'replied_to' as const, id: given.replyTo }] : []),
  ...(given.quote ? [{ type: 'quoted' as const, id: given.quote }] : []),
  ...(given.retweet ? [{ type: 'retweeted' as const, id: given.retweet }] : []),
];

type Lookup = Pick<World, 'user' | 'post' | 'byUsername' | 'media'>;

/** The handles that a reply carries before its text: the author's and whoever is named in what it answers. */
const carried = (world: Lookup, given: NewPost): string => {
  const answered = given.replyTo ? world.post(given.replyTo) : undefined;
  if (!answered) return '';
  const own = world.user(given.authorId)?.username.toLowerCase();
  const author = world.user(answered.authorId)?.username ?? '';
  const names = [author, ...(answered.entities?.mentions ?? []).map(({ username }) => username)];
  const typed = new Set(handlesIn(given.typed));
  const once = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...once]
    .filter(([key]) => key !== '' && key !== own && !typed.has(key))
    .map(([, name]) => `@${name} `)
    .join('');
};

const linksOf = (world: Lookup, given: NewPost, id: string) => {
  const name = world.user(given.authorId)?.username ?? 'i';
  const quoted = given.quote ? world.post(given.quote) : undefined;
  const quotedBy = quoted ? (world.user(quoted.authorId)?.username ?? 'i') : '';
  return [
    ...(quoted ? [{ target: `https://x.com/${quotedBy}/status/${quoted.id}` }] : []),
    ...(given.mediaKeys ?? []).slice(0, 1).map((mediaKey) => ({
      target: `https://x.com/${name}/status/${id}/${mediaKey.startsWith('3_') ? 'photo' : 'video'}/1`,
      mediaKey,
    })),
  ];
};

/** The words of a post in the form of the API, cut where it is a long one. */
const wordsOf = (world: Lookup, given: NewPost, id: string): Pick<Post, 'text' | 'entities' | 'range' | 'note'> => {
  const idOf = (handle: string): string | undefined => world.byUsername(handle)?.id;
  const reposted = given.retweet ? world.post(given.retweet) : undefined;
  const author = reposted ? world.user(reposted.authorId) : undefined;
  if (reposted && author) return { ...repostOf(reposted, author), note: null };
  const before = carried(world, given);
  const after = linksOf(world, given, id);
  if (!isTooLong(given.typed)) return { ...write({ typed: given.typed, before, after, idOf }), note: null };
  const whole = write({ typed: given.typed, before, idOf });
  const cut = write({
    typed: beginningOf(given.typed),
    before,
    after: [{ target: `https://x.com/i/web/status/${id}` }, ...after],
    idOf,
  });
  return { ...cut, note: { text: whole.text, entities: whole.entities } };
};

const conversationOf = (world: Lookup, given: NewPost, id: string): string =>
  (given.replyTo ? world.post(given.replyTo)?.conversationId : undefined) ??
  (given.edits?.[0] ? world.post(given.edits[0])?.conversationId : undefined) ??
  id;

const composePost = (world: Lookup & Pick<World, 'clock' | 'ids'>, given: NewPost): Post => {
  const at = given.at ?? world.clock.now();
  const id = world.ids.next(at);
  return {
    id,
    authorId: given.authorId,
    at,
    typed: given.typed,
    ...wordsOf(world, given, id),
    conversationId: conversationOf(world, given, id),
    inReplyToUserId: (given.replyTo ? world.post(given.replyTo)?.authorId : undefined) ?? null,
    references: referencesOf(given),
    mediaKeys: [...(given.mediaKeys ?? [])],
    edits: [...(given.edits ?? []), id],
    visibleFrom: at + (given.lateMs ?? 0),
    deleted: false,
    editedBy: null,
    viaApi: given.viaApi ?? false,
  };
};

const composeDm = (world: Lookup & Pick<World, 'clock' | 'ids'>, given: NewDm): Dm => {
  const at = given.at ?? world.clock.now();
  const id = world.ids.next(at);
  const written = write({
    typed: given.typed,
    after: (given.mediaKeys ?? []).map(() => ({ target: `https://x.com/messages/media/${id}` })),
    idOf: (handle) => world.byUsername(handle)?.id,
  });
  return {
    id,
    at,
    senderId: given.from,
    recipientId: given.to,
    conversationId: dmConversationOf(given.from, given.to),
    typed: given.typed,
    text: written.text,
    entities: written.entities,
    mediaKeys: [...(given.mediaKeys ?? [])],
    viaApi: given.viaApi ?? false,
  };
};

/** Users by id and by handle, the account among them. */
const createUsers = (clock: Clock, ids: Ids) => {
  const users = new Map<string, User>();
  const byName = new Map<string, User>();
  const addUser: World['addUser'] = (given) => {
    const user: User = { ...given, id: given.id ?? ids.next(), createdAt: clock.now() };
    users.set(user.id, user);
    byName.set(user.username.toLowerCase(), user);
    return user;
  };
  return {
    addUser,
    user: (id: string) => users.get(id),
    byUsername: (username: string) => byName.get(username.toLowerCase()),
  };
};

export function createWorld(clock: Clock, own: Pick<User, 'username' | 'name'> & { id?: string }): World {
  const ids = createIds(clock);
  const users = createUsers(clock, ids);
  const account = users.addUser({ closedDms: false, verified: true, ...own });
  const byId = new Map<string, Post>();
  const posts: Post[] = [];
  const mentions: Post[] = [];
  const dms: Dm[] = [];
  const byDmId = new Map<string, Dm>();
  const parts = { clock, ids, media: createMediaStore(clock, ids), ...users, post: (id: string) => byId.get(id) };
  const mentionsAccount = (post: Post): boolean =>
    post.authorId !== account.id &&
    [post.entities, post.note?.entities].some((one) => one?.mentions?.some(({ id }) => id === account.id));
  return {
    ...parts,
    account,
    writePost(given) {
      const post = composePost(parts, given);
      byId.set(post.id, post);
      insert(posts, post);
      if (mentionsAccount(post)) insert(mentions, post);
      const before = byId.get(post.edits.at(-2) ?? '');
      if (before && isAfter(post.id, before.id)) before.editedBy = post.id;
      return post;
    },
    posts: () => posts,
    mentions: () => mentions,
    dms: () => dms,
    dm: (id) => byDmId.get(id),
    writeDm(given) {
      const dm = composeDm(parts, given);
      byDmId.set(dm.id, dm);
      insert(dms, dm);
      return dm;
    },
    isShown: (post) => !post.deleted && post.editedBy === null,
    mentionsAccount,
  };
}
