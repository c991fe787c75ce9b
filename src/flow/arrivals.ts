import { iso } from '../clock.ts';
import { WaslError } from '../errors.ts';
import { keyed } from '../ids.ts';
import { type Arrival, arrivals } from '../message/arrival.ts';
import type { Op, Query } from '../store/port.ts';
import { type CallOrder, createCallOrder } from './call-order.ts';
import type { FlowDeps } from './deps.ts';
import { createFlood, type Flood } from './flood.ts';
import { createInOrder, type InOrder } from './in-order.ts';
import { createOwning, type Owning } from './owning.ts';
import { type Post, readArrival } from './read-arrival.ts';
import { inReading, newReading, type Reading } from './reading.ts';

/** What is held in memory to be read; what is beyond that is read back from the store. */
const mostHeld = { posts: 2_000, characters: 16_000_000 };
/** What waits for others of its senders lets go of its place to be read, as long as it is not more than this. */
const mostAway = { posts: 4_000, characters: 8_000_000 };
/** How many are read back from the store at a time. */
const pageOf = 100;
/** What was read is removed together: at the latest after so many ms, or once there are so many. */
const removal = { afterMs: 500, most: 200 };

/** The posts of providers: kept before they are acknowledged, read afterwards. */
export interface Arrivals {
  /**
   * Keeps a post for an inbox; durable when it resolves. `again`: it was there already, and nothing changed. One that speaks
   * also of an account that is `unclaimed` is put aside once it was read.
   */
  arrive(inboxId: string, body: string, unclaimed?: boolean): Promise<'kept' | 'again'>;
  /** Puts an odd one back to be read. Rejects with `not-found`. */
  readAgain(inboxId: string, id: string): Promise<void>;
  /** Reads what an earlier process left, whenever it was to be tried. */
  start(): Promise<void>;
  /** Reads what is due and not in hand; to be called every few seconds. */
  look(): void;
  /** Reads nothing more and finishes what is in hand: the rest is found in the store at the next start. */
  stop(): Promise<void>;
  idle(): Promise<void>;
}

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'log' | 'metrics' | 'members' | 'serves'>;

/** A post in hand: it has a place to be read, or waits without one behind others of its senders. */
interface InHand {
  characters: number;
  isAway: boolean;
}

interface Work {
  deps: Deps;
  owning: Owning;
  inOrder: InOrder;
  flood: Flood;
  /** What is being kept: it is queued in the order in which it came, since writes may end in any other. */
  coming: CallOrder<Arrival>;
  queue: Post[];
  /** How many characters are in the queue. */
  characters: number;
  /** Ids of what is in the queue, is being read, or was read and is not removed yet. */
  held: Set<string>;
  /** How many have a place to be read. */
  running: number;
  /** What waits without one, in sum. */
  away: { posts: number; characters: number };
  /** What would let go of its place, and found no room to wait. */
  stuck: Set<InHand>;
  /** The store may hold more that is due: new posts queue up behind it. */
  isBehind: boolean;
  /** Something was kept and not queued since the store was last asked. */
  skipped: boolean;
  refilling: boolean;
  /** What was due then is read back from the store, up to this place so far; null between two such passes. */
  pass: { where: Query['where']; cursor: string | undefined } | null;
  done: string[];
  cancelRemoval: (() => void) | null;
  removing: Promise<void>;
  /** The place in time that was given out last. */
  last: { ms: number; seq: number };
  stopped: boolean;
  settled: (() => void)[];
}

type Given = Pick<Arrival, 'inboxId' | 'body' | 'unclaimed'>;

const newArrival = (work: Work, { inboxId, body, unclaimed }: Given): Arrival => {
  const ms = work.deps.clock.now();
  work.last = { ms, seq: ms === work.last.ms ? work.last.seq + 1 : 0 };
  const at = iso(ms);
  return {
    id: keyed('arrival', inboxId, body),
    version: 1,
    inboxId,
    body,
    at,
    seq: work.last.seq,
    state: 'waiting',
    reason: null,
    attempts: 0,
    ...(unclaimed ? { unclaimed } : {}),
    dueAt: at,
    oddAt: null,
    expiresAt: null,
    ...work.owning.atBirth(inboxId, body),
  };
};

/** Removes what was read. What a crash leaves is read once more, which changes nothing. */
async function removeDone({ deps, done, held, inOrder }: Work): Promise<void> {
  const ids = done.splice(0);
  try {
    // each in a unit of its own, that share a commit: one that is gone already holds up none
    await Promise.all(ids.map((id) => deps.store.write([{ op: 'remove', in: arrivals, id }])));
    for (const id of ids) {
      held.delete(id);
      inOrder.forget(id);
    }
  } catch (error) {
    deps.log.error({ err: error }, 'removing posts that were read failed; it is tried again');
    done.push(...ids);
  }
}

const flush = (work: Work): Promise<void> => {
  work.cancelRemoval?.();
  work.cancelRemoval = null;
  work.removing = work.removing.then(() => removeDone(work));
  return work.removing;
};

const removeLater = (work: Work, { id, senders }: Post): void => {
  work.done.push(id);
  // another process may wait for it
  if (senders || work.done.length >= removal.most) void flush(work);
  else work.cancelRemoval ??= work.deps.clock.after(removal.afterMs, () => void flush(work));
};

const isIdle = ({ coming, queue, running, away, refilling, isBehind, stopped }: Work): boolean =>
  running + away.posts === 0 && !refilling && (stopped || (coming.size + queue.length === 0 && !isBehind));

const hold = (work: Work, { id, version, inboxId, body, at, seq, attempts, unclaimed, claimedBy, senders }: Post) => {
  work.held.add(id);
  work.queue.push({ id, version, inboxId, body, at, seq, attempts, unclaimed, claimedBy, senders });
  work.characters += body.length;
};

/** One that others wait for is read before all that is in the queue. */
const holdFirst = (work: Work, post: Post): void => {
  if (work.held.has(post.id)) return;
  hold(work, post);
  const last = work.queue.pop();
  if (last) work.queue.unshift(last);
  pump(work);
};

/** One person's flood holds up nobody else: what can only wait for it makes room for the next post. */
function letGo(work: Work, inHand: InHand): void {
  const { away, stuck } = work;
  if (inHand.isAway) return;
  if (away.posts >= mostAway.posts || away.characters + inHand.characters > mostAway.characters) {
    stuck.add(inHand);
    return;
  }
  inHand.isAway = true;
  work.running -= 1;
  away.posts += 1;
  away.characters += inHand.characters;
  stuck.delete(inHand);
  pump(work);
}

function leave(work: Work, inHand: InHand): void {
  const { away, stuck } = work;
  stuck.delete(inHand);
  if (inHand.isAway) {
    away.posts -= 1;
    away.characters -= inHand.characters;
  } else {
    work.running -= 1;
  }
  const [next] = stuck;
  if (next) letGo(work, next);
}

/** Reads it in its turn. A post that is another's by now is left to that one. */
function readInTurn(work: Work, post: Post, reading: Reading): Promise<boolean> {
  const { deps, owning, inOrder } = work;
  if (owning.isOurs(post) && !post.senders) return readArrival(deps, post, reading);
  return (async () => {
    const ours = await owning.own(post);
    if (!ours) return false;
    return inOrder.turn(ours, reading, () => readArrival(deps, ours, reading));
  })();
}

/** It stays in the store, for whoever finds it. */
function letBe({ held, inOrder }: Work, id: string): void {
  held.delete(id);
  inOrder.forget(id);
}

async function read(work: Work, post: Post): Promise<void> {
  work.running += 1;
  const inHand: InHand = { characters: post.body.length, isAway: false };
  const reading = newReading({ isOver: () => work.stopped, stuck: () => letGo(work, inHand) });
  const isTaken = await inReading(reading, () => readInTurn(work, post, reading)).catch((error: unknown) => {
    work.deps.log.error({ err: error, arrivalId: post.id }, 'what became of a post could not be noted');
    return false;
  });
  await work.flood.rest();
  leave(work, inHand);
  if (isTaken) removeLater(work, post);
  else letBe(work, post.id);
  pump(work);
}

/** Reads back from the store what memory did not hold, in the order in which it came. */
async function refill(work: Work): Promise<void> {
  await flush(work);
  if (!work.pass) {
    work.skipped = false;
    work.pass = { where: work.owning.findable(), cursor: undefined };
  }
  const { where, cursor } = work.pass;
  const page = await work.deps.store.find(arrivals, { index: 'by-due', where, limit: pageOf, cursor });
  // what is still coming is behind all that is not
  const found = page.items.filter(({ id }) => !work.held.has(id) && !work.coming.has(id));
  for (const one of await work.owning.take(found)) if (!work.held.has(one.id)) hold(work, one);
  work.pass = page.nextCursor === null ? null : { where, cursor: page.nextCursor };
  work.isBehind = page.nextCursor !== null || work.skipped;
}

async function catchUp(work: Work): Promise<void> {
  work.refilling = true;
  await refill(work).catch((error: unknown) => {
    work.deps.log.error({ err: error }, 'posts that wait could not be read back; it is tried again');
    // the next look goes on
    work.pass = null;
    work.isBehind = false;
  });
  work.refilling = false;
  pump(work);
}

/** Takes up as many as may be read now; in the order in which they came. */
function pump(work: Work): void {
  const most = work.flood.readers();
  while (!work.stopped && work.running < most) {
    const post = work.queue.shift();
    if (!post) break;
    work.characters -= post.body.length;
    void read(work, post);
  }
  if (work.queue.length === 0 && work.isBehind && !work.refilling && !work.stopped) void catchUp(work);
  if (!isIdle(work)) return;
  for (const resolve of work.settled.splice(0)) resolve();
}

function enqueue(work: Work, post: Post): void {
  if (work.stopped || work.held.has(post.id)) return;
  const isFull =
    work.queue.length >= mostHeld.posts ||
    (work.queue.length > 0 && work.characters + post.body.length > mostHeld.characters);
  if (work.isBehind || isFull) {
    work.isBehind = true;
    work.skipped = true;
  } else {
    hold(work, post);
  }
}

/** Keeps it. Gives whether it was new. */
async function keep({ store }: Deps, document: Arrival): Promise<boolean> {
  const insert: Op = { op: 'insert', in: arrivals, document, onDuplicate: 'keep' };
  const result = await store.write([insert]);
  if (!result.ok) throw new Error(`a post could not be kept: ${result.reason}`);
  const kept = result.documents[0] as Arrival;
  return kept.at === document.at && kept.seq === document.seq && kept.claimedBy === document.claimedBy;
}

async function arrive(work: Work, given: Given): Promise<'kept' | 'again'> {
  const { metrics, channels } = work.deps;
  const settled = work.flood.came();
  const document = newArrival(work, { ...given, body: given.body.toWellFormed() });
  const ended = work.coming.begin(document.id);
  let isNew = false;
  try {
    isNew = await keep(work.deps, document).finally(settled);
    const outcome = isNew ? 'kept' : 'again';
    metrics.arrival(channels.get(given.inboxId)?.kind ?? '', outcome);
    return outcome;
  } finally {
    ended(isNew && document.claimedBy ? document : null);
    pump(work);
  }
}

async function readAgain(work: Work, inboxId: string, id: string): Promise<void> {
  const { store, clock } = work.deps;
  const set: Partial<Arrival> = {
    state: 'waiting',
    reason: null,
    attempts: 0,
    dueAt: iso(clock.now()),
    oddAt: null,
    expiresAt: null,
    claimedBy: '',
  };
  const when = { inboxId, state: 'odd' };
  const { ok } = await store.write([{ op: 'update', in: arrivals, id, when, set }]);
  if (!ok) throw new WaslError('not-found', 'There is no such post that could not be read.');
  look(work);
}

/** Nobody else is there: what was put off is read now, in its old place, since much may be right that was not. */
async function bringForward({ deps: { store } }: Work): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const page = await store.find(arrivals, { index: 'by-due', limit: pageOf, cursor });
    // one whose time has come meanwhile would otherwise stand behind those that came after it
    const updates = page.items
      .filter(({ at, dueAt }) => dueAt !== at)
      .map(({ id, at }) => store.write([{ op: 'update', in: arrivals, id, set: { dueAt: at } }]));
    await Promise.all(updates);
    if (!page.nextCursor) return;
    cursor = page.nextCursor;
  }
}

function look(work: Work): void {
  if (work.queue.length > 0) return;
  work.isBehind = true;
  pump(work);
}

function createWork(deps: Deps): Work {
  const owning = createOwning(deps);
  const work: Work = {
    deps,
    owning,
    inOrder: createInOrder(deps, owning, (post) => holdFirst(work, post)),
    flood: createFlood(deps.clock),
    coming: createCallOrder((post) => enqueue(work, post)),
    queue: [],
    characters: 0,
    held: new Set(),
    running: 0,
    away: { posts: 0, characters: 0 },
    stuck: new Set(),
    isBehind: false,
    skipped: false,
    refilling: false,
    pass: null,
    done: [],
    cancelRemoval: null,
    removing: Promise.resolve(),
    last: { ms: 0, seq: 0 },
    stopped: false,
    settled: [],
  };
  return work;
}

export function createArrivals(deps: Deps): Arrivals {
  const work = createWork(deps);
  const unlisten = deps.members.onGone(() => look(work));
  const idle = async (): Promise<void> => {
    if (!isIdle(work)) await new Promise<void>((resolve) => work.settled.push(resolve));
    await flush(work);
  };
  return {
    arrive: (inboxId, body, unclaimed = false) => arrive(work, { inboxId, body, unclaimed }),
    readAgain: (inboxId, id) => readAgain(work, inboxId, id),
    async start() {
      if (deps.members.count() === 1) await bringForward(work);
      look(work);
    },
    look: () => look(work),
    async stop() {
      work.stopped = true;
      unlisten();
      work.inOrder.stop();
      await idle();
    },
    idle,
  };
}
