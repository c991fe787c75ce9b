import { z } from 'zod';
import { inboxStates, type Log } from '../channel/channel.ts';
import { type Clock, iso } from '../clock.ts';
import type { Lease } from '../cluster/leases.ts';
import type { Members } from '../cluster/members.ts';
import type { Collection, Op, Store } from '../store/port.ts';
import type { Condition } from './held.ts';

const amount = z.object({ what: z.string(), count: z.number(), amount: z.number() });
const limit = z.object({ what: z.string(), left: z.number(), limit: z.number(), resetsAt: z.string() });
const budget = z.object({ currency: z.string(), spent: z.number(), limit: z.number(), resetsAt: z.string() });

const keptCondition = z.object({
  /** That of the inbox. */
  id: z.string(),
  version: z.number().int(),
  /** The process that runs the inbox, and says this of it. */
  owner: z.string(),
  state: z.enum(inboxStates),
  reason: z.string().nullable(),
  login: z.object({ qr: z.string().nullable(), code: z.string().nullable(), at: z.string() }).nullable(),
  phone: z.string().nullable(),
  usage: z.object({ budget: budget.nullable(), lines: z.array(amount), limits: z.array(limit) }).nullable(),
  at: z.string(),
});
type KeptCondition = z.infer<typeof keptCondition>;

/** How an inbox is that one process runs, for the others to show. No secret of its settings is among it. */
export const keptConditions: Collection<KeptCondition> = {
  name: 'inboxStates',
  schema: keptCondition,
  indexes: [{ name: 'by-owner', on: ['owner'] }],
  feed: true,
};

const unknown = { reason: null, login: null, phone: null, usage: null };
const notYet: Condition = { ...unknown, state: 'starting' };
const leftBehind: Condition = {
  ...unknown,
  state: 'reconnecting',
  reason: 'The process that ran this inbox has ended; another one takes it over.',
};

const factsOf = ({ state, reason, login, phone, usage }: Condition): Condition => ({
  state,
  reason,
  login,
  phone,
  usage,
});

/** How the inboxes are that other processes run, and what the others are told of those that this one runs. */
export interface Conditions {
  of(inboxId: string): Condition;
  /** Whether another process runs it, as far as is known. */
  isRun(inboxId: string): boolean;
  /** Tells the others, where it is another than before. Rejects where the store does. */
  tell(inboxId: string, now: Condition, lease: Lease): Promise<void>;
  /** What was told of an inbox that nobody runs any more goes. */
  forget(inboxId: string): Promise<void>;
  /** Reads what is new, and which processes are gone. Rejects where the store does; to be called again and again. */
  look(): Promise<void>;
  stop(): void;
}

interface Deps {
  store: Store;
  members: Members;
  clock: Clock;
  log: Log;
}

async function everyKept(store: Store): Promise<KeptCondition[]> {
  const found: KeptCondition[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(keptConditions, { index: 'by-owner', limit: 1000, cursor });
    found.push(...page.items);
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
}

/** What was told of inboxes: read whole at first, then as the feed says. */
function createKnown(store: Store) {
  const known = new Map<string, KeptCondition>();
  let isWhole = false;
  const stale = new Set<string>();
  async function readAll(): Promise<void> {
    isWhole = true;
    try {
      for (const one of await everyKept(store)) known.set(one.id, one);
    } catch (error) {
      isWhole = false;
      throw error;
    }
  }
  async function readOne(id: string): Promise<void> {
    stale.delete(id);
    try {
      const now = await store.get(keptConditions, id);
      if (now) known.set(id, now);
      else known.delete(id);
    } catch (error) {
      stale.add(id);
      throw error;
    }
  }
  return {
    known,
    async read(changed: readonly string[] = []): Promise<void> {
      for (const id of changed) stale.add(id);
      if (!isWhole) await readAll();
      for (const id of [...stale]) await readOne(id);
    },
  };
}

/** Which of the processes that told something are gone. */
function createGone(members: Members) {
  const gone = new Set<string>();
  const stop = members.onGone((owner) => void gone.add(owner));
  return {
    has: (owner: string): boolean => gone.has(owner),
    async look(owners: ReadonlySet<string>): Promise<void> {
      for (const owner of gone) if (!owners.has(owner)) gone.delete(owner);
      for (const owner of owners) if (!gone.has(owner) && (await members.isGone(owner))) gone.add(owner);
    },
    stop,
  };
}

async function put({ store, members, clock }: Deps, id: string, now: Condition, lease: Lease): Promise<boolean> {
  const set = { ...now, owner: members.owner(), at: iso(clock.now()) };
  const before = await store.get(keptConditions, id);
  const op: Op = before
    ? { op: 'update', in: keptConditions, id, set }
    : { op: 'insert', in: keptConditions, document: { id, version: 1, ...set } };
  return (await store.write([...lease.fence(), op])).ok;
}

/** Follows what the other processes tell of the inboxes that they run. Nothing is known before the first `look`. */
export function createConditions(deps: Deps): Conditions {
  const { store, members, log } = deps;
  const theirs = createKnown(store);
  const gone = createGone(members);
  const told = new Map<string, string>();
  const unwatch = store.watch((changes) => {
    const ids = changes.filter(({ collection }) => collection === keptConditions.name).map(({ id }) => id);
    if (ids.length === 0) return;
    theirs.read(ids).catch((error: unknown) => {
      log.warn({ err: error }, 'how an inbox is could not be read; it is tried again');
    });
  });
  const isOver = ({ owner }: KeptCondition): boolean => owner === members.owner() || gone.has(owner);
  return {
    of(inboxId) {
      const known = theirs.known.get(inboxId);
      if (!known) return notYet;
      return isOver(known) ? leftBehind : factsOf(known);
    },
    isRun(inboxId) {
      const known = theirs.known.get(inboxId);
      return known !== undefined && !isOver(known);
    },
    async tell(inboxId, now, lease) {
      const words = JSON.stringify([members.owner(), lease.epoch, factsOf(now)]);
      if (told.get(inboxId) === words || lease.signal.aborted) return;
      if (await put(deps, inboxId, factsOf(now), lease)) told.set(inboxId, words);
    },
    async forget(inboxId) {
      told.delete(inboxId);
      if (theirs.known.has(inboxId)) await store.write([{ op: 'remove', in: keptConditions, id: inboxId }]);
    },
    async look() {
      await theirs.read();
      await gone.look(new Set([...theirs.known.values()].map(({ owner }) => owner)));
    },
    stop() {
      unwatch();
      gone.stop();
    },
  };
}
