import type { Channel, Sink } from '../channel/channel.ts';
import type { Clock } from '../clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Lease } from '../cluster/leases.ts';
import type { Conditions } from './conditions.ts';
import type { GivenInbox } from './given-inboxes.ts';
import {
  type Condition,
  conditionOf,
  type Held,
  type HoldingDeps,
  holdGiven,
  holdStored,
  type InboxView,
} from './held.ts';
import type { Inbox } from './inbox.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { fromAfar, type Relay } from './relay.ts';

/** The way in of an inbox; of one that runs alone it is closed for good when the lease is lost. */
export type SinkOf = (inboxId: string, lease?: Lease) => Sink;

export interface OpenInboxes {
  /** What is open at this moment, by inbox; the map itself stays the same. */
  readonly channels: ReadonlyMap<string, Channel>;
  list(): InboxView[];
  departmentOf(inboxId: string): string | null;
  /** Whether this process sends and reads over an inbox now: over one that runs alone only where it runs here. */
  serves(inboxId: string): boolean;
  /** Starts all that is open, all at once; one that cannot start never stops the others. One that runs alone waits for its lease. */
  start(sinkOf: SinkOf): Promise<void>;
  /** Takes an inbox of the console as the store now has it: where it is another than before it is opened anew. */
  renew(id: string): Promise<void>;
  stop(): Promise<void>;
}

export interface OpenInboxesDeps extends HoldingDeps {
  /** The inbox as the store has it. */
  read(id: string): Promise<Inbox | null>;
  clock: Clock;
  cluster: Pick<Cluster, 'members' | 'leases'>;
  conditions: Conditions;
  relay: Relay;
}

/** How often is looked at how the inboxes are. */
const lookMs = 2_000;

/** What is held, and what runs of it. */
interface Work {
  deps: OpenInboxesDeps;
  held: Map<string, Held>;
  channels: Map<string, Channel>;
  /** The leases of inboxes that run alone and run here. */
  owned: Map<string, Lease>;
  /** What gives back the wish for a lease. */
  wished: Map<string, () => Promise<void>>;
  /** Opening and closing. */
  lanes: Lanes;
  /** Wishing for leases and giving them back, which waits for opening and closing. */
  wishes: Lanes;
  /** Inboxes of the console that are to be read again. */
  stale: Set<string>;
  /** Null before the start and from the stop on. */
  sinkOf: SinkOf | null;
}

const runsAlone = (one: Held | undefined): boolean => one?.channel?.runsAlone === true;

const isOwned = ({ owned }: Work, id: string): boolean => owned.get(id)?.signal.aborted === false;

function servesOf(work: Work, id: string): boolean {
  const one = work.held.get(id);
  return !runsAlone(one) || (isOwned(work, id) && one?.isStarted === true);
}

const conditionIn = (work: Work, one: Held): Condition =>
  runsAlone(one) && !isOwned(work, one.facts.id) ? work.deps.conditions.of(one.facts.id) : conditionOf(one);

const viewOf = (work: Work, one: Held): InboxView => ({
  ...one.facts,
  ...conditionIn(work, one),
  capabilities: one.channel?.capabilities ?? null,
});

function hold(work: Work, one: Held): void {
  const { id } = one.facts;
  work.held.set(id, one);
  work.channels.delete(id);
  if (!one.channel) return;
  const { conditions, relay } = work.deps;
  const elsewhere = { isElsewhere: () => conditions.isRun(id), elsewhere: () => conditions.of(id) };
  const reach = { isHere: () => isOwned(work, id), ...elsewhere, relay };
  work.channels.set(id, one.channel.runsAlone ? fromAfar(one.channel, reach) : one.channel);
}

async function end({ deps }: Work, { channel, facts }: Held): Promise<void> {
  try {
    await channel?.stop();
  } catch (error) {
    deps.log.error({ err: error, inboxId: facts.id }, 'an inbox could not stop');
  }
}

/** Starts an inbox. One that was ended while it started is ended again. */
async function start(work: Work, one: Held, sink: Sink): Promise<void> {
  const { id } = one.facts;
  const lease = work.owned.get(id);
  try {
    await one.channel?.start(sink);
  } catch (error) {
    one.fault = 'It could not start; the log says why.';
    work.deps.log.error({ err: error, inboxId: id }, 'an inbox could not start');
  }
  one.isStarted = true;
  if (work.held.get(id) !== one || lease?.signal.aborted) await end(work, one);
  else await tell(work, one);
}

/** Starts an inbox that is to run here now. A server that does not answer holds up nobody. */
function begin(work: Work, one: Held): void {
  const { id } = one.facts;
  const lease = work.owned.get(id);
  if (!work.sinkOf || !one.channel || (runsAlone(one) && !lease)) return;
  one.starting = start(work, one, runsAlone(one) ? work.sinkOf(id, lease) : work.sinkOf(id));
}

/** Tells the other processes how an inbox is that runs here. */
async function tell({ deps, owned }: Work, one: Held): Promise<void> {
  const { id } = one.facts;
  const lease = owned.get(id);
  if (!lease || deps.cluster.members.count() === 1) return;
  await deps.conditions.tell(id, conditionOf(one), lease).catch((error: unknown) => {
    deps.log.warn({ err: error, inboxId: id }, 'how an inbox is could not be told; it is tried again');
  });
}

/** It is ours: starts it. */
async function won(work: Work, id: string, lease: Lease): Promise<void> {
  const halt = (): void => {
    const one = work.held.get(id);
    if (one && work.owned.get(id) === lease) void end(work, one);
  };
  lease.signal.addEventListener('abort', halt, { once: true });
  await work.lanes.run(id, async () => {
    const one = work.held.get(id);
    if (!work.sinkOf || lease.signal.aborted || !one) return;
    work.owned.set(id, lease);
    begin(work, one);
  });
}

/** It is not ours any more: what runs is ended, and a fresh one waits for the next time. */
const lost = (work: Work, id: string): Promise<void> =>
  work.lanes.run(id, async () => {
    const one = work.held.get(id);
    if (!work.owned.delete(id) || !one) return;
    if (work.sinkOf) hold(work, one.again());
    await end(work, one);
  });

/** Wishes for the lease of an inbox that is to run alone, or gives back what it need not have any more. */
const wish = (work: Work, id: string): Promise<void> =>
  work.wishes.run(id, async () => {
    const { wished, held, deps } = work;
    const isWanted = work.sinkOf !== null && runsAlone(held.get(id));
    const giveBack = wished.get(id);
    if (isWanted && !giveBack) {
      const holder = { won: (lease: Lease) => won(work, id, lease), lost: () => lost(work, id) };
      wished.set(id, deps.cluster.leases.hold(`inbox:${id}`, holder));
    }
    if (isWanted || !giveBack) return;
    wished.delete(id);
    await giveBack().catch((error: unknown) =>
      deps.log.warn({ err: error, inboxId: id }, 'the lease of an inbox could not be given back'),
    );
  });

/** The new one takes the old one's place before that is ended, so that no post of a provider finds nobody. */
async function replace(work: Work, id: string): Promise<void> {
  const inbox = await work.deps.read(id);
  const before = work.held.get(id);
  if (inbox && before?.facts.version === inbox.version) return;
  const one = inbox && holdStored(work.deps, inbox);
  if (one) hold(work, one);
  else {
    work.held.delete(id);
    work.channels.delete(id);
  }
  if (before) await end(work, before);
  if (!one?.channel) await work.deps.conditions.forget(id);
  if (one) begin(work, one);
}

async function renew(work: Work, id: string): Promise<void> {
  work.stale.add(id);
  await work.lanes.run(id, () => replace(work, id));
  work.stale.delete(id);
  await wish(work, id);
}

async function look(work: Work): Promise<void> {
  for (const one of work.held.values()) if (one.isStarted && isOwned(work, one.facts.id)) await tell(work, one);
  for (const id of work.stale) await renew(work, id);
  await work.deps.conditions.look();
}

/** Looks again and again; a store that is away for a while is told of once. */
function keepLooking(work: Work): { stop(): Promise<void> } {
  const { clock, log } = work.deps;
  let cancel = (): void => undefined;
  let isWell = true;
  let isOver = false;
  let looking: Promise<void> = Promise.resolve();
  const failed = (error: unknown): void => {
    if (isWell) log.warn({ err: error }, 'looking at how the inboxes are failed; it is tried again');
    isWell = false;
  };
  const again = (): void => {
    if (isOver) return;
    cancel = clock.after(lookMs, () => {
      looking = look(work)
        .then(() => {
          isWell = true;
        }, failed)
        .finally(again);
    });
  };
  looking = work.deps.conditions.look().catch(failed).finally(again);
  return {
    async stop() {
      isOver = true;
      cancel();
      await looking;
    },
  };
}

async function startAll(work: Work): Promise<void> {
  const settle = async (one: Held): Promise<void> => {
    const { id } = one.facts;
    if (!runsAlone(one)) begin(work, one);
    await wish(work, id);
    await work.lanes.rest(id);
    await work.held.get(id)?.starting;
  };
  await Promise.all([...work.held.values()].map(settle));
}

/** Ends everything: first what runs alone, so that others can take it over. */
async function stopAll(work: Work): Promise<void> {
  await Promise.all([...work.held.keys()].map((id) => wish(work, id)));
  await work.lanes.idle();
  await Promise.all(
    [...work.held.values()].map(async (one) => {
      work.channels.delete(one.facts.id);
      await end(work, one);
    }),
  );
}

/**
 * Holds every inbox of this process: those that the environment gives, and those of the console as they come, change
 * and go while it runs. One that runs alone is started while this process has its lease.
 */
export function openInboxes(
  deps: OpenInboxesDeps,
  first: { given: readonly GivenInbox[]; stored: readonly Inbox[] },
): OpenInboxes {
  const maps = { held: new Map(), channels: new Map(), owned: new Map(), wished: new Map(), stale: new Set<string>() };
  const work: Work = { deps, ...maps, lanes: createLanes(), wishes: createLanes(), sinkOf: null };
  for (const one of first.given.flatMap((inbox) => holdGiven(deps, inbox))) hold(work, one);
  for (const inbox of first.stored) hold(work, holdStored(deps, inbox));
  const unserve = deps.relay.serve((id) => (servesOf(work, id) ? (work.held.get(id)?.channel ?? null) : null));
  let looking: ReturnType<typeof keepLooking> | null = null;
  return {
    channels: work.channels,
    list: () => [...work.held.values()].map((one) => viewOf(work, one)),
    departmentOf: (inboxId) => work.held.get(inboxId)?.facts.departmentId ?? null,
    serves: (inboxId) => servesOf(work, inboxId),
    async start(by) {
      work.sinkOf = by;
      await startAll(work);
      looking = keepLooking(work);
    },
    renew: (id) => renew(work, id),
    async stop() {
      work.sinkOf = null;
      unserve();
      await looking?.stop();
      await work.lanes.idle();
      await stopAll(work);
      deps.conditions.stop();
    },
  };
}
