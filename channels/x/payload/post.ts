import type { Media } from './media.ts';
import type { Link } from './words.ts';

/** Somebody on X, as far as a body tells. */
export interface Person {
  id: string;
  name: string | null;
  /** The handle without its @. */
  username: string | null;
  isProtected: boolean;
}

/** A post that another one answers or quotes. */
export interface OtherPost {
  /** The id of this version. */
  id: string;
  /** Of its first version where it is known, else the same. */
  firstId: string;
  authorId: string | null;
  text: string | null;
}

/** Somebody named in a post. */
export interface Mention {
  id: string | null;
  username: string | null;
  /** X put the name there by itself, before what was typed: those whom a reply answers. */
  isCarried: boolean;
}

/** A post, whichever body it came in. */
export interface Post {
  id: string;
  /** Ids change with each edit; a post is known by its first. */
  firstId: string;
  author: Person;
  /** The first post of the exchange; null where the body does not tell. */
  conversationId: string | null;
  createdAt: string;
  text: string;
  links: Link[];
  mentions: Mention[];
  media: Media[];
  lang: string | null;
  repliesTo: OtherPost | null;
  /** Whom it answers, also where the post itself is unknown. */
  repliesToPerson: string | null;
  quotes: OtherPost | null;
  isRepost: boolean;
  /** Nobody may see it, or the account has blocked its author. */
  isWithheld: boolean;
  raw: unknown;
}

const statusLink = /\/status(?:es)?\/(\d{1,25})(?:\/(?:photo|video)\/\d+)?\/?(?:\?[^\s]*)?$/;

/** The id of the post that a link leads to; null where it leads elsewhere. */
export const postOfLink = (url: string): string | null => statusLink.exec(url)?.[1] ?? null;

/** Whether a long text begins with the same handles as its short form, so that places in one tell of the other. */
export const beginsAlike = (long: string, brief: string, length: number): boolean =>
  [...long].slice(0, length).join('') === [...brief].slice(0, length).join('');

/** How posts were handed on before the provider had a word for it: "RT @name: …", and nothing that it refers to. */
export const isOldRepost = ({ text, repliesTo, quotes }: Pick<Post, 'text' | 'repliesTo' | 'quotes'>): boolean =>
  repliesTo === null && quotes === null && /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*RT @\w{1,50}:/.test(text);

/** A picture's own link, or one of a file in a private message. */
export const isFileLink = (url: string): boolean =>
  /\/status(?:es)?\/\d+\/(?:photo|video)\/\d+/.test(url) ||
  /^https?:\/\/(?:twitter|x)\.com\/messages\/media\//.test(url);
