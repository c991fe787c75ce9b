import { iso } from '../clock.ts';
import { type Arrival, arrivals } from '../message/arrival.ts';
import type { Query } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import type { Post } from './read-arrival.ts';
import { fallsToUs } from './share.ts';

/** Which process reads a post: the one that kept it as long as that lives, of an inbox that runs alone only its server. */
export interface Owning {
  /** To whom a post belongs that comes now, and whose words are in it where other processes may have others of theirs. */
  atBirth(inboxId: string, body: string): Pick<Arrival, 'claimedBy' | 'senders'>;
  isOurs(post: Post): boolean;
  /** The post as ours, claimed anew where that must be; null where it is another's. */
  own(post: Post): Promise<Post | null>;
  /** Claims a post that nobody has any more, whoever is to look after it; null where somebody has it. */
  seize(post: Post): Promise<Post | null>;
  /** What may be found that is due now and ours to read. */
  findable(): Query['where'];
  /** Of those that were found those that are ours to read, claimed. In their order. */
  take(found: readonly Arrival[]): Promise<Post[]>;
}

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'members' | 'serves'>;

/** Nobody has it in hand. */
const nobody = '';
/** How often it is looked through all that is due, whoever has it, where there are several processes (ms). */
const wholeEveryMs = 30_000;
/** So many names of processes that are gone are looked for by name. */
const mostGone = 50;

/** A post of an inbox that is not open is nobody's to serve: it is put off by whoever finds it. */
const mayRead = ({ channels, serves }: Deps, inboxId: string): boolean => serves(inboxId) || !channels.has(inboxId);

const falls = (deps: Deps, { inboxId, id }: Post): boolean =>
  deps.channels.has(inboxId) ? fallsToUs(deps, inboxId, id) : deps.members.isMine(id);

async function claimAs(owner: string, { store }: Deps, { id, version }: Post): Promise<Post | null> {
  const when = { state: 'waiting' };
  const set = { claimedBy: owner };
  const result = await store.write([{ op: 'update', in: arrivals, id, expect: version, when, set }]);
  return result.ok ? (result.documents[0] as Arrival) : null;
}

const isFree = async ({ members }: Deps, { claimedBy = nobody }: Post): Promise<boolean> =>
  claimedBy === nobody || members.isGone(claimedBy);

const sendersOf = ({ channels, members }: Deps, inboxId: string, body: string): string[] => {
  const channel = members.count() > 1 ? channels.get(inboxId) : undefined;
  if (!channel || channel.runsAlone) return [];
  return (channel.webhook?.senders?.(body) ?? []).map((name) => `${inboxId} ${name}`);
};

/** Tells what is to be looked for: in one process of several usually no more than what it has itself. */
function createSearch({ clock, members }: Deps) {
  let wholeAt = Number.NEGATIVE_INFINITY;
  const gone = new Set<string>();
  members.onGone((owner) => {
    gone.add(owner);
    // what fell out is found by looking through all
    for (const oldest of gone) if (gone.size > mostGone) gone.delete(oldest);
  });
  return (): Query['where'] => {
    const due = { dueAt: { lte: iso(clock.now()) } };
    if (members.count() > 1 && clock.now() < wholeAt) {
      return { ...due, claimedBy: { in: [nobody, members.owner(), ...gone] } };
    }
    wholeAt = clock.now() + wholeEveryMs;
    return due;
  };
}

export function createOwning(deps: Deps): Owning {
  const { members } = deps;
  const isOurs = ({ claimedBy, inboxId }: Post): boolean => claimedBy === members.owner() && mayRead(deps, inboxId);
  const seize = async (post: Post): Promise<Post | null> =>
    mayRead(deps, post.inboxId) && (await isFree(deps, post)) ? claimAs(members.owner(), deps, post) : null;
  const own = async (post: Post): Promise<Post | null> => {
    if (isOurs(post)) return post;
    // the inbox went to another process
    if (post.claimedBy === members.owner()) await claimAs(nobody, deps, post);
    return seize(post);
  };
  return {
    atBirth(inboxId, body) {
      const senders = sendersOf(deps, inboxId, body);
      const claimedBy = mayRead(deps, inboxId) ? members.owner() : nobody;
      return { claimedBy, ...(senders.length > 0 ? { senders } : {}) };
    },
    isOurs,
    own,
    seize,
    findable: createSearch(deps),
    async take(found) {
      const one = (post: Post) =>
        post.claimedBy === members.owner() || falls(deps, post) ? own(post) : Promise.resolve(null);
      return (await Promise.all(found.map(one))).filter((post) => post !== null);
    },
  };
}
