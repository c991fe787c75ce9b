import { iso } from '../clock.ts';
import { type Delivery, deliveries } from '../message/message.ts';
import type { Change, Query } from '../store/port.ts';
import { lostAfter } from './deliver.ts';
import type { FlowDeps } from './deps.ts';
import { everyPage } from './every-page.ts';
import type { Outbox, Place } from './outbox.ts';
import { fallsToUs, servedAlone } from './share.ts';

/** After every time. */
export const farFuture = '9999';
/** So long it is looked for what a process left that is gone, in ms: the last it wrote may be seen late. */
const lookForGoneMs = 60_000;
/** New sendings are looked at together, in ms. */
const gatherMs = 20;
const mostAtOnce = 1_000;

/** Finds the conversations in which this process is to send. */
export interface DueLanes {
  /** What an earlier process left, and what is due. */
  recover(): Promise<void>;
  /** Sends what is due; to be called every few seconds. */
  look(): Promise<void>;
  idle(): Promise<void>;
  stop(): void;
}

type Deps = Pick<FlowDeps, 'store' | 'channels' | 'clock' | 'members' | 'serves' | 'log'>;

const openOnes = ({ store }: Deps, where: Query['where'], visit: (one: Delivery) => void): Promise<void> =>
  everyPage((cursor) => store.find(deliveries, { index: 'by-due', where, limit: 500, cursor }), visit);

const placeOf = ({ conversationId, inboxId }: Delivery): Place => ({ conversationId, inboxId });

/** Sendings of ours in inboxes that another process serves now are nobody's any more. */
async function release({ store, clock, members }: Deps, ours: readonly Delivery[]): Promise<void> {
  const claimedBy = members.owner();
  const set = { claimedBy: null, dueAt: iso(clock.now()) };
  for (const { id } of ours)
    await store.write([{ op: 'update', in: deliveries, id, when: { open: true, claimedBy }, set }]);
}

/** What to do with the sendings that a look finds: one lane for each conversation, and what is to be given back. */
function createFinds(deps: Deps, outbox: Outbox) {
  const owner = deps.members.owner();
  const lanes = new Map<string, Place>();
  const left: Delivery[] = [];
  // whoever has it, and has the share that it is in, does not look after it
  const lostBefore = iso(deps.clock.now() - lostAfter.ms);
  const isLost = ({ dueAt }: Delivery): boolean => dueAt !== null && dueAt <= lostBefore;
  return {
    add(one: Delivery): void {
      const isOurs = one.claimedBy === owner;
      if (outbox.has(one.conversationId)) return;
      if (isOurs && !deps.serves(one.inboxId)) left.push(one);
      else if (isOurs || isLost(one) || fallsToUs(deps, one.inboxId, one.conversationId))
        lanes.set(one.conversationId, placeOf(one));
    },
    async done(): Promise<void> {
      for (const place of lanes.values()) if (!outbox.has(place.conversationId)) outbox.deliver(place);
      await release(deps, left);
    },
  };
}

async function deliverWhere(deps: Deps, outbox: Outbox, where: Query['where']): Promise<void> {
  const finds = createFinds(deps, outbox);
  await openOnes(deps, where, finds.add);
  await finds.done();
}

/** All that is due, or that a process has that is gone: also one that nobody saw go. */
async function takeOver(deps: Deps, outbox: Outbox): Promise<void> {
  const now = iso(deps.clock.now());
  const all: Delivery[] = [];
  await openOnes(deps, {}, (one) => void all.push(one));
  const owners = [...new Set(all.flatMap(({ claimedBy }) => claimedBy ?? []))];
  const gone = new Set<string>();
  for (const owner of owners) if (await deps.members.isGone(owner)) gone.add(owner);
  const finds = createFinds(deps, outbox);
  for (const one of all) if ((one.dueAt ?? now) <= now || gone.has(one.claimedBy ?? '')) finds.add(one);
  await finds.done();
}

/** Looks at sendings that others wrote for inboxes which only this process serves, as soon as it hears of them. */
function createHearing(deps: Deps, outbox: Outbox) {
  let heard = new Set<string>();
  let cancel: (() => void) | null = null;
  let reading: Promise<void> = Promise.resolve();
  const look = async (ids: readonly string[]): Promise<void> => {
    for (let at = 0; at < ids.length; at += mostAtOnce) {
      const found = await deps.store.getMany(deliveries, ids.slice(at, at + mostAtOnce));
      for (const one of found) if (one.open && one.claimedBy === null) outbox.deliver(placeOf(one));
    }
  };
  const gather = (): void => {
    const ids = [...heard];
    heard = new Set();
    cancel = null;
    reading = look(ids).catch((error: unknown) =>
      deps.log.error({ err: error }, 'new sendings could not be looked at'),
    );
  };
  const hear = (changes: readonly Change[]): void => {
    if (deps.members.count() === 1) return;
    const news = changes.filter(({ collection, kind }) => collection === deliveries.name && kind === 'insert');
    if (news.length === 0 || servedAlone(deps).length === 0) return;
    for (const { id } of news) heard.add(id);
    cancel ??= deps.clock.after(gatherMs, gather);
  };
  const unwatch = deps.store.watch(hear);
  return {
    idle: () => reading,
    stop(): void {
      unwatch();
      cancel?.();
    },
  };
}

export function createDueLanes(deps: Deps, outbox: Outbox): DueLanes {
  const gone = new Map<string, number>();
  const hearing = createHearing(deps, outbox);
  let served = new Set<string>();
  let taking: Promise<void> = Promise.resolve();
  const ofOwner = (claimedBy: string): Promise<void> => deliverWhere(deps, outbox, { claimedBy });
  const unlisten = deps.members.onGone((owner) => {
    gone.set(owner, deps.clock.now() + lookForGoneMs);
    outbox.look();
    taking = ofOwner(owner).catch((error: unknown) => deps.log.error({ err: error }, 'taking over sendings failed'));
  });
  /** An inbox went to another process: what is ours there is given back. */
  const giveBack = async (): Promise<void> => {
    const before = served;
    served = new Set(servedAlone(deps));
    if ([...before].some((inboxId) => !served.has(inboxId))) await ofOwner(deps.members.owner());
  };
  return {
    recover: () => (deps.members.count() === 1 ? deliverWhere(deps, outbox, {}) : takeOver(deps, outbox)),
    async look() {
      await giveBack();
      await deliverWhere(deps, outbox, { dueAt: { lte: iso(deps.clock.now()) } });
      for (const [owner, until] of gone) {
        if (until < deps.clock.now()) gone.delete(owner);
        else await ofOwner(owner);
      }
      outbox.look();
    },
    async idle() {
      await taking;
      await hearing.idle();
    },
    stop() {
      unlisten();
      hearing.stop();
    },
  };
}
