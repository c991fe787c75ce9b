import type { Log } from '../channel/channel.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/port.ts';
import type { Beating } from './beating.ts';
import type { Bus } from './bus.ts';
import { createLeaseRecords, type Holding } from './lease-records.ts';
import type { Leases } from './leases.ts';
import type { StoredLease } from './stored.ts';
import { createTaking, type Taking } from './taking.ts';
import { createTrouble } from './trouble.ts';
import { createWish, type Wish } from './wish.ts';

export interface LeasingOptions {
  store: Store;
  clock: Clock;
  log: Log;
  bus: Bus;
  members: Beating;
  /** Ms of a clock that nobody sets. */
  monotonic: () => number;
}

/** The leases of this process. */
export interface Leasing extends Leases {
  /** Gives everything back and tries no more. */
  stop(): Promise<void>;
}

const lookEveryMs = 2000;
/** So long a free lease is left to the member whose share it is. */
const yieldMs = 6000;
/** So long a lease is left to others after its holder failed. */
const failedPauseMs = 10_000;
/** After so long without a beat others may soon take this process for dead: what it holds is let go before they do. */
const loseAfterMs = 12_000;
const pollMs = 200;
/** A lease was given back: worth a look before its time. */
const topic = 'leases';

/** A wish, and since when (monotonic ms) its lease has been free; not tried for before `notBefore`. */
interface Bid {
  wish: Wish;
  freeSince: number | null;
  notBefore: number;
  isGivenUp: boolean;
  serving: Promise<void> | null;
}

interface Bidding extends LeasingOptions {
  taking: Taking;
}

/** Holds the bid's lease from when it is won until it is lost or given up. */
async function serve({ taking, monotonic, bus, log }: Bidding, bid: Bid): Promise<void> {
  const { wish } = bid;
  const holding = bid.isGivenUp ? null : await taking.take(wish.name);
  if (!holding) return;
  log.info({ lease: wish.name, epoch: holding.epoch }, 'this process has a lease now');
  const cause = bid.isGivenUp ? 'given-up' : await wish.serve(holding);
  if (cause === 'failed') bid.notBefore = monotonic() + failedPauseMs;
  await taking.letGo(holding, cause !== 'lost');
  log.info({ lease: wish.name, epoch: holding.epoch, cause }, 'this process has a lease no more');
  if (cause !== 'lost') bus.publish(topic, wish.name);
}

const isDue = ({ members, monotonic }: Bidding, { wish, freeSince, notBefore }: Bid): boolean => {
  const now = monotonic();
  if (freeSince === null || now < notBefore) return false;
  return members.isMine(`lease:${wish.name}`) || now - freeSince >= yieldMs;
};

/** Takes in how a bid's lease stands in the store: what was lost is ended, what is free is tried for when it is due. */
async function consider(bidding: Bidding, bid: Bid, record: StoredLease | null): Promise<string | null> {
  const { members, taking, log, monotonic } = bidding;
  const { wish } = bid;
  const holding = wish.holding();
  if (holding) {
    const isHeld = record?.owner === holding.owner && record.epoch === holding.epoch;
    if (!isHeld || holding.owner !== members.owner()) wish.lose();
    return record?.owner ?? null;
  }
  const isFree = await taking.isFree(record);
  bid.freeSince = isFree ? (bid.freeSince ?? monotonic()) : null;
  if (!isFree || bid.serving || !isDue(bidding, bid)) return isFree ? null : (record?.owner ?? null);
  bid.serving = serve(bidding, bid)
    .catch((error: unknown) => log.debug({ err: error, lease: wish.name }, 'a lease could not be tried for'))
    .finally(() => {
      bid.serving = null;
      bid.freeSince = null;
    });
  return null;
}

/** Runs a thing again when it was asked for while it ran; never side by side. */
function coalesce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let isAsked = false;
  const loop = async (): Promise<void> => {
    do {
      isAsked = false;
      await run();
    } while (isAsked);
    running = null;
  };
  return () => {
    isAsked = true;
    running ??= loop();
    return running;
  };
}

/** Begins to look after leases for this process. */
export function startLeasing(options: LeasingOptions): Leasing {
  const { clock, log, members, bus } = options;
  const records = createLeaseRecords(options);
  const taking = createTaking({ members, records, log });
  const bidding: Bidding = { ...options, taking };
  const bids = new Set<Bid>();
  let seen = new Map<string, string | null>();
  let isStopped = false;
  let cancel = (): void => undefined;
  const trouble = createTrouble(log, { met: 'the leases cannot be read', over: 'the leases can be read again' });

  const look = coalesce(async () => {
    if (isStopped || bids.size === 0) return;
    try {
      await taking.tidy();
      const found = await records.read([...new Set([...bids].map(({ wish }) => wish.name))]);
      const now = new Map<string, string | null>();
      for (const bid of bids) now.set(bid.wish.name, await consider(bidding, bid, found.get(bid.wish.name) ?? null));
      seen = now;
      trouble.over();
    } catch (error) {
      trouble.met(error);
    }
  });
  const loseStale = (): void => {
    const isStale = members.silentMs() >= loseAfterMs;
    for (const { wish } of bids) {
      const holding = wish.holding();
      if (holding && (isStale || holding.owner !== members.owner())) wish.lose();
    }
  };
  const tick = (): void => {
    cancel = clock.after(lookEveryMs, tick);
    loseStale();
    void look();
  };
  tick();
  const stopHearing = [
    bus.subscribe(topic, () => void look()),
    members.onGone(() => {
      loseStale();
      void look();
    }),
  ];
  const giveUp = async (bid: Bid): Promise<void> => {
    bid.isGivenUp = true;
    bid.wish.giveUp();
    await bid.serving;
    bids.delete(bid);
  };
  return {
    hold(name, holder) {
      const wish = createWish(name, holder, log);
      const bid: Bid = { wish, freeSince: null, notBefore: 0, isGivenUp: isStopped, serving: null };
      bids.add(bid);
      void look();
      return () => giveUp(bid);
    },
    async once(name, work) {
      const holding = await waitFor(bidding, name, () => isStopped);
      try {
        return await work();
      } finally {
        await taking.letGo(holding, true);
      }
    },
    ownerOf: (name) => seen.get(name) ?? null,
    async stop() {
      isStopped = true;
      cancel();
      for (const stop of stopHearing) stop();
      await Promise.all([...bids].map(giveUp));
    },
  };
}

/** Tries for a lease until it is had. */
async function waitFor({ taking, clock }: Bidding, name: string, isStopped: () => boolean): Promise<Holding> {
  for (;;) {
    if (isStopped()) throw new Error('This process has left the others: nothing is begun any more.');
    const holding = await taking.take(name);
    if (holding) return holding;
    await new Promise<void>((resolve) => clock.after(pollMs, resolve));
  }
}
