import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import type { OutboundMessage, SendResult } from '../channel/outbound.ts';
import { SendError } from '../channel/send-error.ts';
import { iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { type Delivery, deliveries, type Message, messages } from '../message/message.ts';
import type { Update } from '../store/port.ts';
import { afterLoss } from './after-loss.ts';
import type { Blocked } from './blocked.ts';
import type { FlowDeps } from './deps.ts';
import { afterFailure, type Change, dead, isPostponed, postponed, throttleMs } from './failure.ts';
import { takeFirstWrite } from './first-writes.ts';
import { keepNotes } from './keep-notes.ts';
import { countCost } from './notice-cost.ts';
import { loseNotice } from './notice-loss.ts';
import { outbound } from './outbound.ts';
import { type Pacing, sharedPace } from './pace.ts';
import { persist, unlessStopped } from './persist.ts';
import { publicReplyTo } from './public-delivery.ts';
import type { ReadMarks } from './read-marks.ts';
import { deliveryLeaseMs } from './say.ts';
import { sharedAmong } from './share.ts';
import { windowNow } from './ways.ts';
import { fitsWindow, windowClosed } from './window.ts';

const batch = 20;
export const sendTimeoutMs = 30_000;

/** Nobody keeps a sending for so long beyond its time who still knows of it. Seen so often, even a living process loses it. */
export const lostAfter = { ms: 600_000, looks: 15 };

/** What delivering needs besides: the pace of each inbox, and the marks that tell a person that they were read. */
export interface LaneDeps extends FlowDeps {
  pacing: Pacing;
  marks: ReadMarks;
  blocked: Blocked;
  /** Aborted when the process stops: nothing is begun or waited for any more. */
  stopping: AbortSignal;
}

/** One conversation being sent. */
interface Lane {
  deps: LaneDeps;
  channel: Channel;
  conversation: Conversation;
}

const taken = (result: SendResult, delivery: Delivery): Change => ({
  status: result.status,
  externalId: result.externalId,
  open: false,
  dueAt: null,
  claimedBy: null,
  attempts: delivery.attempts + 1,
  error: null,
  ...(result.cost ? { cost: result.cost } : {}),
});

/** Anything but a SendError is a fault of ours: tried like a strange answer of the provider, with the alarm on. */
const asSendError = (deps: FlowDeps, delivery: Delivery, error: unknown): SendError => {
  if (error instanceof SendError) return error;
  deps.log.error(
    { deliveryId: delivery.id, conversationId: delivery.conversationId, err: error },
    'sending threw an unknown error',
  );
  return new SendError('unexpected-response', 'The channel failed in an unexpected way.', { cause: error });
};

/** A process that lives has it and seems to have forgotten it. */
const isForgotten = ({ blocked }: LaneDeps, { id, dueAt }: Delivery, now: number): boolean =>
  Date.parse(dueAt ?? '') + lostAfter.ms <= now && blocked.seenOverdue(id) > lostAfter.looks;

/** May this process send it now? It does if it wrote or claimed it, if nobody has it and it is due, or if whoever has it is gone. */
async function ready(deps: LaneDeps, delivery: Delivery, now: number): Promise<boolean> {
  const { dueAt, claimedBy } = delivery;
  if (dueAt === null || !deps.serves(delivery.inboxId)) return false;
  if (claimedBy === deps.members.owner()) return true;
  if (claimedBy === null) return Date.parse(dueAt) <= now || isPostponed(delivery);
  return (await deps.members.isGone(claimedBy)) || isForgotten(deps, delivery, now);
}

/** As long as it is with whom it was: what a process did that was taken for dead meanwhile changes nothing of it. */
const update = ({ id, claimedBy }: Delivery, set: Change): Update<Delivery> => ({
  op: 'update',
  in: deliveries,
  id,
  when: { open: true, claimedBy },
  set,
});

/** Takes a delivery that another wrote, or that was tried before: at most one process gets it. */
async function claim(deps: FlowDeps, delivery: Delivery): Promise<Delivery | null> {
  if (delivery.claimedBy === deps.members.owner()) return delivery;
  const set = {
    claimedBy: deps.members.owner(),
    status: 'sending' as const,
    dueAt: iso(deps.clock.now() + deliveryLeaseMs),
  };
  const result = await deps.store.write([
    { op: 'update', in: deliveries, id: delivery.id, expect: delivery.version, set },
  ]);
  return result.ok ? (result.documents[0] as Delivery) : null;
}

/** Whether a delivery is surely still this process's to send. Waits while that cannot be known. */
async function isStillOurs({ members, serves, stopping }: LaneDeps, { claimedBy, inboxId }: Delivery) {
  await unlessStopped(stopping, members.sure());
  return claimedBy === members.owner() && serves(inboxId);
}

/** Gives the channel its time. One that lets it pass without an answer does not hold up the lane for ever. */
export async function sendInTime(deps: FlowDeps, channel: Channel, message: OutboundMessage): Promise<SendResult> {
  const stop = new AbortController();
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = deps.clock.after(sendTimeoutMs, () => {
      reject(new SendError('timed-out', 'The channel gave no answer in time.'));
      stop.abort();
    });
  });
  try {
    return await Promise.race([channel.send(message, stop.signal), late]);
  } finally {
    cancel();
  }
}

/** What a provider refuses of private messages says nothing of public ones: each side of an inbox keeps a pace of its own. */
const rowOf = ({ inboxId, visibility }: Conversation): string =>
  visibility === 'public' ? `${inboxId} public` : inboxId;

async function sendOne(
  { deps, channel, conversation }: Lane,
  delivery: Delivery,
  message: OutboundMessage,
): Promise<Change> {
  try {
    const result = await sendInTime(deps, channel, message);
    deps.metrics.sent(channel.kind, result.status);
    return taken(result, delivery);
  } catch (error) {
    const failure = asSendError(deps, delivery, error);
    const change = afterFailure(delivery, failure, deps.clock.now());
    if (change.status === 'failed') deps.metrics.sent(channel.kind, 'failed');
    if (failure.scope === 'inbox' && change.dueAt) {
      const pauseMs = failure.retryAfterMs ?? throttleMs(1, delivery.id);
      deps.pacing.pause(rowOf(conversation), deps.clock.now() + pauseMs);
    }
    return change;
  }
}

/** The reply window closes by the clock and opens by what the person wrote meanwhile. */
async function isTooLate({ deps, conversation }: Lane, message: Message): Promise<boolean> {
  if (fitsWindow(message, windowNow(deps, conversation))) return false;
  const now = await deps.store.get(conversations, conversation.id);
  return now !== null && !fitsWindow(message, windowNow(deps, now));
}

/** What must be done instead of sending: it is too late for it, or it must wait; null where it may go now. */
async function heldBack(lane: Lane, delivery: Delivery, message: Message): Promise<Step | null> {
  const { deps, channel, conversation } = lane;
  if (await isTooLate(lane, message)) {
    deps.metrics.sent(channel.kind, 'failed');
    return { change: dead(delivery, { code: 'window-closed', message: windowClosed }) };
  }
  const until = await takeFirstWrite(deps, channel.capabilities, conversation);
  if (until !== null) return { change: postponed(until), wakeAt: until };
  const { address } = conversation;
  const now = deps.clock.now();
  const pace = sharedPace(channel.capabilities.pace, sharedAmong(deps, conversation.inboxId));
  const at = deps.pacing.ask({ id: delivery.id, row: rowOf(conversation), address, pace }, now);
  return at > now ? { change: keptAt(deps, delivery, at), wakeAt: at } : null;
}

/** A delivery of ours that waits in the row stays ours until its turn. */
const keptAt = (deps: FlowDeps, { claimedBy, dueAt }: Delivery, at: number): Change | null =>
  claimedBy === deps.members.owner() && (dueAt ?? '') < iso(at + deliveryLeaseMs / 2)
    ? { dueAt: iso(at + deliveryLeaseMs) }
    : null;

/** What came of looking at one delivery: what to keep of it, and when the lane is to be looked at again if it stops here. */
interface Step {
  change: Change | null;
  wakeAt?: number;
  /** Somebody else changed it: the lane is read anew. */
  lost?: boolean;
  /** The delivery as it was claimed for what was done. */
  as?: Delivery;
  /** Another process has it. */
  elsewhere?: boolean;
}

const dueMs = ({ dueAt }: Pick<Change, 'dueAt'>): number | undefined => (dueAt ? Date.parse(dueAt) : undefined);

/** One delivery at the head of its lane, and what became of those before it in this round. */
interface Head {
  delivery: Delivery;
  message: Message;
  /** It is the last part of its message. */
  last: boolean;
  changes: readonly Update<Delivery>[];
}

/** What it is a reply to: in private what it quotes, in public always something. */
async function replyTo({ deps, conversation }: Lane, head: Head) {
  const { delivery, message } = head;
  const found = await publicReplyTo(deps.store, conversation, head);
  return found ?? { quotes: delivery.part === 0 ? message.refersTo : null };
}

async function step(lane: Lane, head: Head): Promise<Step> {
  const { deps, channel, conversation } = lane;
  const { delivery, message, last } = head;
  if (!(await ready(deps, delivery, deps.clock.now()))) {
    if (delivery.claimedBy !== null) return { change: null, elsewhere: true };
    const wakeAt = deps.serves(delivery.inboxId) ? dueMs(delivery) : undefined;
    return { change: null, ...(wakeAt === undefined ? {} : { wakeAt }) };
  }
  const held = await heldBack(lane, delivery, message);
  if (held) return held;
  const reply = await replyTo(lane, head);
  if ('refused' in reply) {
    deps.metrics.sent(channel.kind, 'failed');
    return { change: dead(delivery, reply.refused) };
  }
  const mine = await claim(deps, delivery);
  if (!mine || !(await isStillOurs(deps, mine))) return { change: null, lost: true };
  deps.marks.mark(conversation);
  const { capabilities } = channel;
  const form = { capabilities: capabilitiesIn(capabilities, conversation), last, quotes: reply.quotes };
  const change = await sendOne(lane, mine, outbound(mine, message, conversation, form));
  const wakeAt = change.open === false ? undefined : dueMs(change);
  return { change, as: mine, ...(wakeAt === undefined ? {} : { wakeAt }) };
}

/** What came of a round of sendings. */
interface Sent {
  /** There may be more to send at once. */
  again: boolean;
  /** When the lane is to go on, in ms; null where nothing is known to wait. */
  wakeAt: number | null;
  /** The delivery of another process that the lane stops at. */
  waitsFor: Delivery | null;
}

const stops: Sent = { again: false, wakeAt: null, waitsFor: null };

const messagesOf = async ({ store }: FlowDeps, open: readonly Delivery[]): Promise<Map<string, Message>> => {
  const ids = open.map(({ messageId }) => messageId);
  return new Map((await store.getMany(messages, ids)).map((one) => [one.id, one]));
};

/** The deliveries that will not be sent any more, as they are now. */
const failedOf = (open: readonly Delivery[], changes: readonly Update<Delivery>[]): Delivery[] =>
  changes.flatMap(({ id, set }) => {
    const delivery = set?.status === 'failed' ? open.find((one) => one.id === id) : undefined;
    return delivery ? [{ ...delivery, error: set?.error ?? null }] : [];
  });

/** What nobody was there to see: a chat has it for whoever comes back, a notice looks for another way. */
const unseen = (open: readonly Delivery[], changes: readonly Update<Delivery>[]): string[] =>
  changes.flatMap(({ id, set }) =>
    set?.status === 'queued' && set.open === false ? (open.find((one) => one.id === id)?.messageId ?? []) : [],
  );
const nobodyThere = { code: 'recipient-away', message: 'Nobody is connected to take it.' };

/** The messages of which a sending has told what it cost. */
const costly = (open: readonly Delivery[], changes: readonly Update<Delivery>[]): string[] =>
  changes.flatMap(({ id, set }) => (set?.cost ? (open.find((one) => one.id === id)?.messageId ?? []) : []));

/** Keeps what became of sendings, however long the store is away meanwhile, and does what follows from it. */
async function settleRound({ deps, channel }: Lane, open: readonly Delivery[], changes: Update<Delivery>[]) {
  const steps = [
    () => keepNotes(deps, channel.inboxId, changes),
    ...costly(open, changes).map((messageId) => () => countCost(deps, messageId)),
    ...failedOf(open, changes).map((one) => () => afterLoss(deps, one)),
    ...unseen(open, changes).map((messageId) => () => loseNotice(deps, { messageId, error: nobodyThere })),
  ];
  for (const step of steps) await persist(deps, step);
}

/** What was read of a lane so long ago (ms) is read anew before more is sent. */
const staleMs = 10_000;

/** The notes of a round: kept together at its end, or each before the next sending where another process may go on after us. */
function createNotes(lane: Lane, open: readonly Delivery[]) {
  const { members, clock } = lane.deps;
  const all: Update<Delivery>[] = [];
  let kept = 0;
  return {
    all,
    /** Keeps what is not kept yet. False where that took so long that the lane is to be read anew. */
    async keep(): Promise<boolean> {
      const began = clock.now();
      const unkept = all.slice(kept);
      kept = all.length;
      await settleRound(lane, open, unkept);
      return clock.now() - began < staleMs;
    },
    async add(note: Update<Delivery>): Promise<boolean> {
      all.push(note);
      return members.count() === 1 || this.keep();
    },
  };
}

/** Sends what is ready at the head of a lane, in order, and keeps what became of it; stops at the first that must wait. */
async function sendBatch(lane: Lane, open: Delivery[], notes: ReturnType<typeof createNotes>): Promise<Sent> {
  const known = await messagesOf(lane.deps, open);
  for (const [at, delivery] of open.entries()) {
    const message = known.get(delivery.messageId);
    if (!message) return stops;
    const last = open[at + 1]?.messageId !== message.id;
    const done = await step(lane, { delivery, message, last, changes: notes.all });
    const { change, wakeAt = null, lost = false, as = delivery, elsewhere = false } = done;
    const isFresh = change ? await notes.add(update(as, change)) : true;
    if (change?.open !== false) return { again: lost, wakeAt, waitsFor: elsewhere ? delivery : null };
    if (!isFresh) return { ...stops, again: true };
  }
  return { ...stops, again: open.length === batch };
}

/** Where a lane stops. */
export interface LaneEnd {
  /** When what is left is to be sent (ms), if it is known. */
  wakeAt: number | null;
  /** The delivery of another process after which it goes on. */
  waitsFor: Delivery | null;
}

/**
 * Sends what waits in a conversation, in order. The channel's answer is kept after it: if the process dies between the
 * two, that one sending is repeated, and no other.
 */
export async function deliverLane(deps: LaneDeps, conversationId: string): Promise<LaneEnd> {
  const conversation = await deps.store.get(conversations, conversationId);
  const channel = conversation && deps.channels.get(conversation.inboxId);
  if (!conversation || !channel) return { wakeAt: null, waitsFor: null };
  const lane: Lane = { deps, channel, conversation };
  const where = { conversationId, open: true };
  for (;;) {
    const open = (await deps.store.find(deliveries, { index: 'by-lane', where, order: 'asc', limit: batch })).items;
    if (open.length === 0) return { wakeAt: null, waitsFor: null };
    const notes = createNotes(lane, open);
    // what was done counts also where the round broke off
    const { again, wakeAt, waitsFor } = await sendBatch(lane, open, notes).finally(() => notes.keep());
    if (!again) return { wakeAt, waitsFor };
  }
}
