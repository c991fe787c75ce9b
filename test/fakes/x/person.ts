import type { Happening } from './happening.ts';
import type { Dm, Post, User, World } from './world.ts';

/** A file that somebody attaches. */
export interface Attached {
  bytes: Buffer;
  /** `image/jpeg` without it. */
  mime?: string;
}

/** What may stand beside the text of a post. */
export interface PostExtras {
  quote?: Post;
  replyTo?: Post;
  media?: readonly Attached[];
  /** Milliseconds; the clock's without it. */
  at?: number;
  /** So long it is missing from the timeline of mentions, and then appears with its old id. */
  lateMs?: number;
}

/** Somebody on X. Each function does something there, gives what came of it, and tells whoever has subscribed. */
export interface Person {
  user: User;
  id: string;
  username: string;
  /** A post that names the account; its handle is put before the text where it is missing. Over 280: a long post. */
  mention(text: string, extras?: PostExtras): Post;
  /** A post as it is typed, naming the account or not. */
  post(text: string, extras?: PostExtras): Post;
  reply(to: Post, text: string, extras?: Omit<PostExtras, 'replyTo'>): Post;
  quote(of: Post, text: string, extras?: Omit<PostExtras, 'quote'>): Post;
  retweet(of: Post): Post;
  /** A new post with a new id, in the place of the old one. */
  edit(post: Post, text: string): Post;
  delete(post: Post): Happening;
  dm(text: string, extras?: { media?: Attached; at?: number }): Dm;
  /** An encrypted message: nothing of it can be read, and no endpoint lists it. */
  encrypted(): Happening;
  /** Has read the account's messages up to this one; up to the last without it. */
  readDm(dm?: Dm): Happening;
  typing(): Happening;
  closeDms(): void;
  openDms(): void;
}

export interface Acting {
  world: World;
  happened(happening: Happening): void;
  posted(post: Post): void;
  sent(dm: Dm): void;
}

const keysOf = (world: World, media: readonly Attached[]): string[] =>
  media.map(({ bytes, mime = 'image/jpeg' }) => world.media.add(mime, bytes).mediaKey);

const writing = ({ world, posted }: Acting, user: User) => {
  const write = (
    typed: string,
    extras: PostExtras,
    more: { edits?: readonly string[]; retweet?: string } = {},
  ): Post => {
    const { quote, replyTo, media = [], at, lateMs } = extras;
    const post = world.writePost({
      authorId: user.id,
      typed,
      mediaKeys: keysOf(world, media),
      ...(quote ? { quote: quote.id } : {}),
      ...(replyTo ? { replyTo: replyTo.id } : {}),
      ...(at === undefined ? {} : { at }),
      ...(lateMs === undefined ? {} : { lateMs }),
      ...more,
    });
    posted(post);
    return post;
  };
  return {
    mention(text, extras = {}) {
      const handle = `@${world.account.username}`;
      return write(text.toLowerCase().includes(handle.toLowerCase()) ? text : `${handle} ${text}`, extras);
    },
    post: (text, extras = {}) => write(text, extras),
    reply: (to, text, extras = {}) => write(text, { ...extras, replyTo: to }),
    quote: (of, text, extras = {}) => write(text, { ...extras, quote: of }),
    retweet: (of) => write('', {}, { retweet: of.id }),
    edit(post, text) {
      const reference = (type: string): Post | undefined =>
        world.post(post.references.find((one) => one.type === type)?.id ?? '');
      const [quote, replyTo] = [reference('quoted'), reference('replied_to')];
      return write(text, { ...(quote ? { quote } : {}), ...(replyTo ? { replyTo } : {}) }, { edits: post.edits });
    },
  } satisfies Partial<Person>;
};

/** Somebody of this identity. */
export function createPerson(acting: Acting, user: User): Person {
  const { world, happened, sent } = acting;
  const happen = (fields: Pick<Happening, 'kind' | 'types'> & Partial<Happening>): Happening => {
    const happening = { by: user, at: world.clock.now(), ...fields };
    happened(happening);
    return happening;
  };
  return {
    user,
    id: user.id,
    username: user.username,
    ...writing(acting, user),
    delete(post) {
      post.deleted = true;
      return happen({ kind: 'delete', types: ['post.delete'], post });
    },
    dm(text, { media, at } = {}) {
      const mediaKeys = media ? keysOf(world, [media]) : [];
      const when = at === undefined ? {} : { at };
      const dm = world.writeDm({ from: user.id, to: world.account.id, typed: text, mediaKeys, ...when });
      sent(dm);
      return dm;
    },
    encrypted: () => happen({ kind: 'encrypted', types: ['chat.received'] }),
    readDm(dm = world.dms().findLast(({ recipientId }) => recipientId === user.id)) {
      return happen({ kind: 'read', types: ['dm.read'], ...(dm ? { dm } : {}) });
    },
    typing: () => happen({ kind: 'typing', types: ['dm.indicate_typing'] }),
    closeDms() {
      user.closedDms = true;
    },
    openDms() {
      user.closedDms = false;
    },
  };
}
