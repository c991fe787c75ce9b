import type { Dm, Post, User, World } from './world.ts';

/** The kinds of event of the X Activity API that the simulator tells of. */
export type ActivityEvent =
  | 'post.create'
  | 'post.mention.create'
  | 'post.reply.create'
  | 'post.quote.create'
  | 'post.repost.create'
  | 'post.delete'
  | 'dm.received'
  | 'dm.sent'
  | 'dm.read'
  | 'dm.indicate_typing'
  | 'chat.received'
  | 'oauth.revoke';

/** One thing that happened on X, before it is told to anybody. */
export interface Happening {
  kind: 'post' | 'delete' | 'dm' | 'read' | 'typing' | 'encrypted' | 'revoke';
  /** What the X Activity API calls it; one post can be a mention and a reply at once. */
  types: ActivityEvent[];
  by: User;
  at: number;
  post?: Post;
  dm?: Dm;
}

/** Something that a person or the account made. */
export type Made = Post | Dm | Happening;

/** Whose activity an event is, for the subscriber's filter: a deletion is its author's, everything else the account's. */
export const filterUserOf = (world: World, { kind, by }: Happening): string | null =>
  kind === 'revoke' ? null : kind === 'delete' ? by.id : world.account.id;

const isOfAccount = (world: World, id: string): boolean => world.post(id)?.authorId === world.account.id;

export function postHappening(world: World, post: Post): Happening {
  const by = world.user(post.authorId) ?? world.account;
  const refers = (type: string): boolean =>
    post.references.some((one) => one.type === type && isOfAccount(world, one.id));
  const types: ActivityEvent[] = [];
  if (by.id === world.account.id) types.push('post.create');
  else {
    if (world.mentionsAccount(post) && !refers('retweeted')) types.push('post.mention.create');
    if (refers('replied_to')) types.push('post.reply.create');
    if (refers('quoted')) types.push('post.quote.create');
    if (refers('retweeted')) types.push('post.repost.create');
  }
  return { kind: 'post', types, by, at: post.at, post };
}

export function dmHappening(world: World, dm: Dm): Happening {
  const by = world.user(dm.senderId) ?? world.account;
  return { kind: 'dm', types: [by.id === world.account.id ? 'dm.sent' : 'dm.received'], by, at: dm.at, dm };
}

/** What happened, of whatever was made. */
export function happeningOf(world: World, made: Made): Happening {
  if ('kind' in made) return made;
  return 'authorId' in made ? postHappening(world, made) : dmHappening(world, made);
}
