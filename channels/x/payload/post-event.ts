import type { GivenEvent } from '../../../src/channel/inbound.ts';
import type { Self } from '../reading.ts';
import { short } from './lenient.ts';
import { attachmentOf, kindOf } from './media.ts';
import { type Found, odd, type Piece, type Reading, told } from './piece.ts';
import { type OtherPost, type Person, type Post, postOfLink } from './post.ts';
import { wordsOf } from './words.ts';

/** What the envelope says of a post beyond the post. */
export interface Hint {
  /** It quotes one of our posts. */
  quotesUs?: boolean;
  /** It names us in its words. */
  mentionsUs?: boolean;
}

const isHandle = (username: string | null): username is string => username !== null && /^\w{1,50}$/.test(username);

/** Name and handle of somebody, as people know each other on X; undefined where neither is told. */
export function displayNameOf({ name, username }: Pick<Person, 'name' | 'username'>): string | undefined {
  const handle = isHandle(username) ? `@${username}` : null;
  if (!name?.trim()) return handle ?? undefined;
  const room = 290 - (handle?.length ?? 0);
  return handle ? `${short(name.trim(), room)} (${handle})` : short(name.trim(), 300);
}

/** Where everybody can look at a post. */
export const linkOf = (id: string, username: string | null): string =>
  `https://x.com/${isHandle(username) ? username : 'i'}/status/${id}`;

/** The key of one person's part in a public exchange, which its first post names. */
export const publicKey = (conversationId: string, personId: string): string => `post:${conversationId}:${personId}`;

const isSelf = (one: { id: string | null; username: string | null }, self: Self): boolean =>
  one.id === self.id || one.username?.toLowerCase() === self.username.toLowerCase();

/** Our handle in the words themselves, where the provider lists no handles at all. */
const isNamedIn = (text: string, { username }: Self): boolean =>
  new RegExp(`@${username.replaceAll(/\W/g, '')}(?!\\w)`, 'i').test(text);

/** Whether the author named us, or only the handles that X puts before a reply do. */
function namingOf({ mentions: all, text }: Post, self: Self): 'typed' | 'carried' | 'none' {
  if (all.length === 0) return isNamedIn(text, self) ? 'typed' : 'none';
  const ours = all.filter((one) => isSelf(one, self));
  if (ours.some(({ isCarried }) => !isCarried)) return 'typed';
  return ours.length > 0 ? 'carried' : 'none';
}

function quotes({ quotes: quoted, links }: Post, self: Self): boolean {
  if (!quoted) return false;
  if (quoted.authorId !== null) return quoted.authorId === self.id;
  const ours = `/${self.username.toLowerCase()}/status/`;
  return links.some(({ full }) => postOfLink(full) === quoted.id && full.toLowerCase().includes(ours));
}

/**
 * X lets programs answer only whoever named the account or quoted a post of it (rule of 23 February 2026), for which the
 * handle that a reply carries by itself does not count; what is not open to everybody is not answered either.
 */
function isAnswerable(post: Post, self: Self, hint: Hint): boolean {
  if (post.isRepost || post.isWithheld || post.author.isProtected) return false;
  if (hint.quotesUs === true || quotes(post, self)) return true;
  const naming = namingOf(post, self);
  return naming === 'typed' || (naming === 'none' && hint.mentionsUs === true);
}

const hasText = (other: OtherPost | null): other is OtherPost & { text: string } => Boolean(other?.text?.trim());

/** What it answers or quotes, so that people see what is meant. */
const aboutOf = ({ repliesTo, quotes: quoted }: Post) =>
  [repliesTo, quoted].filter(hasText).map(({ text }) => ({ name: 'post', value: short(text.trim(), 4000) }));

function wordsIn(post: Post, self: Self): string {
  const { text, links, media } = post;
  const isReply = post.repliesTo !== null || post.repliesToPerson !== null;
  return wordsOf({
    text,
    links,
    isReply: isReply && !post.isRepost,
    ownHandle: self.username,
    hasFiles: media.length > 0,
  });
}

interface Spot {
  key: string;
  /** Where the key is a guess, what the core may know better by. */
  answers: string | null;
}

const spotOf = ({ conversationId, firstId, repliesTo, author }: Post): Spot => {
  const guess = conversationId === null && repliesTo !== null;
  return {
    key: publicKey(conversationId ?? repliesTo?.firstId ?? firstId, author.id),
    answers: guess ? repliesTo.id : null,
  };
};

const threadOf = (answers: string) => ({ references: [answers], provenKey: null, topic: '', isReply: true });

type Message = Extract<GivenEvent, { event: 'message' }>;

function messageOf(post: Post, { inboxId, self }: Reading, hint: Hint): Message {
  const { key, answers } = spotOf(post);
  const about = aboutOf(post);
  const refersTo = post.repliesTo ?? post.quotes;
  const displayName = displayNameOf(post.author);
  return {
    event: 'message',
    inboxId,
    externalId: post.firstId,
    address: post.author.id,
    conversationKey: key,
    visibility: 'public',
    sentAt: post.createdAt,
    kind: kindOf(post.media),
    text: wordsIn(post, self),
    attachments: post.media.map((one) => attachmentOf(one, null)).slice(0, 100),
    automated: post.isRepost ? 'bulk' : 'none',
    answerable: isAnswerable(post, self, hint),
    link: linkOf(post.id, post.author.username),
    raw: post.raw,
    ...(displayName === undefined ? {} : { displayName }),
    ...(refersTo ? { refersTo: refersTo.firstId } : {}),
    ...(about.length > 0 ? { fields: about } : {}),
    ...(post.lang === 'ar' || post.lang === 'en' ? { language: post.lang } : {}),
    ...(post.isRepost ? { automatedWhy: 'It is a repost of another post.' } : {}),
    ...(answers === null ? {} : { thread: threadOf(answers) }),
  };
}

/** The newer words of a post that is known already. */
const editOf = (message: Message, post: Post): Message => {
  const { fields: _fields, ...rest } = message;
  return { ...rest, externalId: post.id, kind: 'edit', attachments: [], refersTo: post.firstId };
};

/** What the account itself wrote to somebody from elsewhere; null where it speaks to nobody, or to itself. */
function ownOf(post: Post, { inboxId, self }: Reading): GivenEvent | null {
  const address = post.repliesToPerson ?? post.repliesTo?.authorId ?? null;
  if (address === null || address === self.id || post.isRepost) return null;
  const conversation = post.conversationId ?? post.repliesTo?.firstId ?? post.firstId;
  return {
    event: 'own-message',
    inboxId,
    externalId: post.firstId,
    address,
    conversationKey: publicKey(conversation, address),
    visibility: 'public',
    sentAt: post.createdAt,
    kind: kindOf(post.media),
    text: wordsIn(post, self),
    attachments: post.media.map((one) => attachmentOf(one, null)).slice(0, 100),
    raw: post.raw,
    ...(post.repliesTo ? { refersTo: post.repliesTo.firstId } : {}),
  };
}

function ownPiece(post: Post, reading: Reading): Piece {
  if (reading.sent.has(post.id) || reading.sent.has(post.firstId)) return told('own-sent');
  const event = ownOf(post, reading);
  return event ? { is: 'event', id: post.id, event } : told('own-post');
}

function foundPiece(post: Post, reading: Reading, hint: Hint): Found {
  const event = messageOf(post, reading, hint);
  const edit = post.id === post.firstId ? {} : { edit: editOf(event, post) };
  return { is: 'event', id: post.id, event, ...edit };
}

/** What a post is for the inbox. A null is a post without an id or author. */
export function pieceOfPost(post: Post | null, reading: Reading, hint: Hint = {}): Piece {
  if (!post) return odd('no-author');
  const piece = post.author.id === reading.self.id ? ownPiece(post, reading) : foundPiece(post, reading, hint);
  const isUnplaced = post.conversationId === null && post.repliesTo !== null && piece.is === 'event';
  return isUnplaced ? { is: 'unplaced', id: post.id, otherwise: piece } : piece;
}

export interface Deletion {
  id: string;
  authorId: string;
  at: string;
  raw: unknown;
}

/** That a person took back a post. Which conversation it stood in, the core knows by the post's id. */
export const deletionOf = ({ id, authorId, at, raw }: Deletion, inboxId: string): Message => ({
  event: 'message',
  inboxId,
  externalId: `deletion:${id}`,
  address: authorId,
  conversationKey: publicKey(id, authorId),
  visibility: 'public',
  sentAt: at,
  kind: 'deletion',
  text: '',
  attachments: [],
  refersTo: id,
  automated: 'none',
  answerable: false,
  thread: threadOf(id),
  raw,
});

export function pieceOfDeletion(deletion: Deletion, { inboxId, self }: Reading): Piece {
  if (deletion.authorId === self.id) return told('own-deletion');
  return { is: 'event', id: `deletion:${deletion.id}`, event: deletionOf(deletion, inboxId) };
}
