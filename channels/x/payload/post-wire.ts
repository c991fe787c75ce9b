import { z } from 'zod';
import { smaller, timeOf } from './ids.ts';
import { anything, flag, id, list, part, place, range, readable, text } from './lenient.ts';
import { fromWire, type Media, wireMedia } from './media.ts';
import {
  beginsAlike,
  isFileLink,
  isOldRepost,
  type Mention,
  type OtherPost,
  type Person,
  type Post,
  postOfLink,
} from './post.ts';
import { type Link, wordsOf } from './words.ts';

const urlEntity = z.object({ url: z.string(), expanded_url: text, unwound_url: text, media_key: text });
const mentionEntity = z.object({ id, username: text, start: place });
const entities = part({ urls: list, mentions: list });
const reference = z.object({ type: text, id: z.string().regex(/^\d{1,25}$/) });

/**
 * A post object of v2. Two names for one thing where the official OpenAPI (2.167) has renamed it and the bodies that are
 * documented have not.
 */
export const wirePost = z.object({
  id,
  author_id: id,
  conversation_id: id,
  created_at: text,
  text,
  display_text_range: range,
  note_tweet: part({ text, entities }),
  note_post: part({ text, entities }),
  entities,
  attachments: part({ media_keys: list }),
  lang: text,
  edit_history_tweet_ids: list,
  edit_history_post_ids: list,
  referenced_tweets: list,
  referenced_posts: list,
  in_reply_to_user_id: id,
  in_reply_to_tweet_id: id,
  in_reply_to_post_id: id,
  withheld: anything,
});
type WirePost = z.output<typeof wirePost>;

const wireUser = z.object({
  id: z.string().regex(/^\d{1,25}$/),
  name: text,
  username: text,
  screen_name: text,
  protected: flag,
});
/** Some bodies wrap each person once more. */
const anyUser = z.union([wireUser, z.object({ data: wireUser }).transform(({ data }) => data)]);

/** Persons as a list or as a map by id. */
export function peopleOf(given: unknown): Map<string, Person> {
  const all = Array.isArray(given) ? given : Object.values(z.record(z.string(), z.unknown()).catch({}).parse(given));
  const people = readable(anyUser, all).map(
    (one): Person => ({
      id: one.id,
      name: one.name ?? null,
      username: one.username ?? one.screen_name ?? null,
      isProtected: one.protected === true,
    }),
  );
  return new Map(people.map((one) => [one.id, one]));
}

const includes = z.object({ users: anything, tweets: list, posts: list, media: list }).partial().catch({});

/** What stands beside the posts of a body. */
export interface Beside {
  people: Map<string, Person>;
  posts: Map<string, WirePost>;
  media: Map<string, Media>;
}

export function besideOf(given: unknown): Beside {
  const found = includes.parse(given ?? {});
  const posts = readable(wirePost, [...(found.tweets ?? []), ...(found.posts ?? [])]);
  const media = readable(wireMedia, found.media ?? []);
  return {
    people: peopleOf(found.users),
    posts: new Map(posts.flatMap((one) => (one.id ? [[one.id, one]] : []))),
    media: new Map(media.flatMap((one) => (one.media_key ? [[one.media_key, fromWire(one)]] : []))),
  };
}

const firstIdOf = (post: WirePost, own: string): string =>
  readable(id, [...post.edit_history_tweet_ids, ...post.edit_history_post_ids])
    .flatMap((one) => one ?? [])
    .reduce(smaller, own);

/** The whole text of a long post, else the text. */
const longOf = ({ note_tweet, note_post, text: brief, entities: known }: WirePost) => {
  const note = note_tweet?.text ? note_tweet : note_post;
  return { text: note?.text || (brief ?? ''), entities: [note?.text ? note.entities : undefined, known] };
};

export function linksOf(given: readonly ({ urls: unknown[] } | undefined)[], quoted: string | null): Link[] {
  const urls = readable(
    urlEntity,
    given.flatMap((one) => one?.urls ?? []),
  );
  return urls.map(({ url, expanded_url, unwound_url, media_key }) => {
    const full = expanded_url ?? unwound_url ?? url;
    const isQuote = quoted !== null && postOfLink(full) === quoted;
    return { short: url, full, isHidden: media_key !== undefined || isFileLink(full) || isQuote };
  });
}

/** The files of these keys, as far as they stand beside. */
export const mediaOf = (keys: readonly unknown[], beside: Beside): Media[] =>
  readable(z.string().min(1), keys).map((key) => beside.media.get(key) ?? { key, kind: 'other', url: null, type: '' });

/** The words of a post that stands beside another one. */
function otherText(post: WirePost): string {
  const { text: whole, entities: known } = longOf(post);
  const hasFiles = (post.attachments?.media_keys.length ?? 0) > 0;
  return wordsOf({ text: whole, links: linksOf(known, null), isReply: false, ownHandle: null, hasFiles });
}

export function otherPost(id: string, beside: Beside): OtherPost {
  const known = beside.posts.get(id);
  const firstId = known ? firstIdOf(known, id) : id;
  return { id, firstId, authorId: known?.author_id ?? null, text: known ? otherText(known) : null };
}

interface References {
  repliesTo: string | null;
  quotes: string | null;
  isRepost: boolean;
}

function referencesOf(post: WirePost): References {
  const all = readable(reference, [...post.referenced_tweets, ...post.referenced_posts]);
  const of = (kind: string): string | null => all.find(({ type }) => type === kind)?.id ?? null;
  return {
    repliesTo: of('replied_to') ?? post.in_reply_to_tweet_id ?? post.in_reply_to_post_id ?? null,
    quotes: of('quoted'),
    isRepost: of('retweeted') !== null,
  };
}

function mentionsOf(post: WirePost): Mention[] {
  const { text: whole, entities: known } = longOf(post);
  const { text: brief = '', display_text_range: shown, entities: own } = post;
  const typedFrom = shown?.[0] ?? 0;
  const isAlike = beginsAlike(whole, brief, typedFrom);
  return known.flatMap((one) =>
    readable(mentionEntity, one?.mentions ?? []).map(({ id: known, username, start }) => ({
      id: known ?? null,
      username: username ?? null,
      isCarried: (one === own || isAlike) && start !== undefined && start < typedFrom,
    })),
  );
}

const isWithheld = ({ withheld }: WirePost): boolean => typeof withheld === 'object' && withheld !== null;

/** A post of v2 with what stands beside it; null where it lacks its id or author. `at` (ISO) where nothing tells a time. */
export function readPost(given: unknown, beside: Beside, at: string): Post | null {
  const { data: post } = wirePost.safeParse(given);
  if (!post?.id || !post.author_id) return null;
  const { repliesTo, quotes, isRepost } = referencesOf(post);
  const { text: whole, entities: known } = longOf(post);
  const unknown: Person = { id: post.author_id, name: null, username: null, isProtected: false };
  const isReply = repliesTo !== null || post.in_reply_to_user_id !== undefined;
  const read = {
    id: post.id,
    firstId: firstIdOf(post, post.id),
    author: beside.people.get(post.author_id) ?? unknown,
    conversationId: post.conversation_id ?? null,
    createdAt: timeOf(post.created_at, post.id, at),
    text: whole,
    links: linksOf(known, quotes),
    mentions: mentionsOf(post).map((one) => ({ ...one, isCarried: isReply && one.isCarried })),
    media: mediaOf(post.attachments?.media_keys ?? [], beside),
    lang: post.lang ?? null,
    repliesTo: repliesTo ? otherPost(repliesTo, beside) : null,
    repliesToPerson: post.in_reply_to_user_id ?? null,
    quotes: quotes ? otherPost(quotes, beside) : null,
    isRepost,
    isWithheld: isWithheld(post),
    raw: given,
  };
  return { ...read, isRepost: isRepost || isOldRepost(read) };
}
