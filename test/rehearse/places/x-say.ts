import { z } from 'zod';
import type { Attached, Person } from '../../fakes/x/person.ts';
import type { XSimulator } from '../../fakes/x/simulator.ts';
import type { Post } from '../../fakes/x/world.ts';

const text = z.string().trim().max(25_000).default('');
const to = z.string().regex(/^\d+$/).optional();

/** What the page asks for. `staff`: the account's own people, in the app. */
export const saying = z.object({
  kind: z.enum(['post', 'edit', 'delete', 'repost', 'dm', 'encrypted']),
  by: z.enum(['person', 'staff']).default('person'),
  text,
  replyTo: to,
  quotes: to,
  /** The post that is edited, deleted or reposted. */
  post: to,
});

export type Saying = z.infer<typeof saying>;

/** What was asked for cannot be: a status, as the page words it. */
export class Impossible extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** A post that is there; 410 where it is deleted or has been replaced. */
const shown = ({ world }: XSimulator, id: string | undefined): Post => {
  const post = id === undefined ? undefined : world.post(id);
  if (!post) throw new Impossible(404);
  if (!world.isShown(post)) throw new Impossible(410);
  return post;
};

const ownOf = (simulator: XSimulator, person: Person, id: string | undefined): Post => {
  const post = shown(simulator, id);
  if (post.authorId !== person.id) throw new Impossible(403);
  return post;
};

const write = (simulator: XSimulator, person: Person, one: Saying, media: readonly Attached[]): void => {
  if (one.text === '' && media.length === 0) throw new Impossible(400);
  const extras = {
    media,
    ...(one.replyTo === undefined ? {} : { replyTo: shown(simulator, one.replyTo) }),
    ...(one.quotes === undefined ? {} : { quote: shown(simulator, one.quotes) }),
  };
  if (one.by === 'staff') simulator.ownPost(one.text, extras);
  else person.post(one.text, extras);
};

const writeDm = (simulator: XSimulator, person: Person, { by, text }: Saying, [file]: readonly Attached[]): void => {
  if (text === '' && !file) throw new Impossible(400);
  if (by === 'staff') simulator.ownDm(person, text);
  else person.dm(text, file ? { media: file } : {});
};

const edit = (simulator: XSimulator, person: Person, { post, text }: Saying): void => {
  if (text === '') throw new Impossible(400);
  person.edit(ownOf(simulator, person, post), text);
};

/** One thing that a person or the staff does at X. */
export function perform(simulator: XSimulator, person: Person, one: Saying, media: readonly Attached[] = []): void {
  if (one.kind === 'post') write(simulator, person, one, media);
  if (one.kind === 'dm') writeDm(simulator, person, one, media);
  if (one.kind === 'edit') edit(simulator, person, one);
  if (one.kind === 'delete') person.delete(ownOf(simulator, person, one.post));
  if (one.kind === 'repost') person.retweet(shown(simulator, one.post));
  if (one.kind === 'encrypted') person.encrypted();
}
