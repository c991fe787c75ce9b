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
  mentions: { id: string | null; username: string | null }[];
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

/** A picture's own link, or one of a file in a private message. */
export const isFileLink = (url: string): boolean =>
  /\/status(?:es)?\/\d+\/(?:photo|video)\/\d+/.test(url) ||
  /^https?:\/\/(?:twitter|x)\.com\/messages\/media\//.test(url);
