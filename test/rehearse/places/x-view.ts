import type { XSimulator } from '../../fakes/x/simulator.ts';
import type { Spent } from '../../fakes/x/spending.ts';
import { prices } from '../../fakes/x/spending.ts';
import { weightOf } from '../../fakes/x/text.ts';
import type { Dm, Post } from '../../fakes/x/world.ts';
import type { Cast } from '../cast.ts';

/** A file of a post or message, below the page. */
export interface ShownFile {
  type: 'image' | 'video';
  url: string;
}

/** A post as the page shows it. */
export interface ShownPost {
  id: string;
  by: 'person' | 'account';
  /** Of the person. */
  phone: string | null;
  name: string;
  handle: string;
  at: number;
  text: string;
  files: ShownFile[];
  thread: string;
  replyTo: string | null;
  quotes: string | null;
  reposts: string | null;
  /** Written by Wasl, not by staff in the app. */
  isWasl: boolean;
  isEdited: boolean;
  isDeleted: boolean;
  /** Another one has taken its place. */
  isReplaced: boolean;
  weight: number;
  /** US dollars, where Wasl wrote it. */
  cost: number | null;
}

/** A direct message as the page shows it. */
export interface ShownDm {
  id: string;
  by: 'person' | 'service';
  at: number;
  kind: 'text' | 'encrypted';
  text: string;
  progress: 'sent' | 'read';
  isWasl: boolean;
  file?: ShownFile;
  cost?: number;
}

type World = Pick<XSimulator, 'account' | 'media' | 'world'>;

const fileOf = ({ media }: World, key: string): ShownFile[] => {
  const file = media.byKey(key);
  return file ? [{ type: file.mime.startsWith('video/') ? 'video' : 'image', url: `x/media/${file.name}` }] : [];
};

export function showPost(x: World, cast: Cast, post: Post, cost: number | null): ShownPost {
  const author = x.world.user(post.authorId) ?? x.account;
  const reference = (type: string): string | null => post.references.find((one) => one.type === type)?.id ?? null;
  return {
    id: post.id,
    by: author.id === x.account.id ? 'account' : 'person',
    phone: cast.byHandle(author.username)?.phone ?? null,
    name: author.name,
    handle: author.username,
    at: post.at,
    text: post.typed,
    files: post.mediaKeys.flatMap((key) => fileOf(x, key)),
    thread: post.conversationId,
    replyTo: reference('replied_to'),
    quotes: reference('quoted'),
    reposts: reference('retweeted'),
    isWasl: post.viaApi,
    isEdited: post.edits.length > 1,
    isDeleted: post.deleted,
    isReplaced: post.editedBy !== null,
    weight: weightOf(post.typed),
    cost,
  };
}

export function showDm(x: World, dm: Dm): ShownDm {
  const [file] = dm.mediaKeys.flatMap((key) => fileOf(x, key));
  return {
    id: dm.id,
    by: dm.senderId === x.account.id ? 'service' : 'person',
    at: dm.at,
    kind: 'text',
    text: dm.typed,
    progress: 'sent',
    isWasl: dm.viaApi,
    ...(file ? { file } : {}),
    ...(dm.viaApi ? { cost: prices['dm create'] } : {}),
  };
}

const written = ['post create', 'post create with url', 'reply to a summons'] as const;

/** What each further post costs: whichever of the prices was billed once more. */
export function followPrices(spent: () => Spent): () => number | null {
  const counts = (): Map<string, number> => new Map(spent().lines.map(({ kind, count }) => [kind, count]));
  let before = counts();
  return () => {
    const now = counts();
    const billed = written.find((kind) => (now.get(kind) ?? 0) > (before.get(kind) ?? 0));
    before = now;
    return billed ? prices[billed] : null;
  };
}
