import { capabilitiesIn } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import type { OutboundMessage, SendResult } from '../channel/outbound.ts';
import { SendError } from '../channel/send-error.ts';
import { iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { type Delivery, deliveries, type Message, messages } from '../message/message.ts';
import type { Update } from '../store/port.ts';
import { afterLoss } from './after-loss.ts';
import type { FlowDeps } from './deps.ts';
import { afterFailure, type Change, dead, isPostponed, postponed, throttleMs } from './failure.ts';
import { takeFirstWrite } from './first-writes.ts';
import { countCost } from './notice-cost.ts';
import { loseNotice } from './notice-loss.ts';
import { outbound } from './outbound.ts';
import type { Pacing } from './pace.ts';
import { publicReplyTo } from './public-delivery.ts';
import type { ReadMarks } from './read-marks.ts';
import { deliveryLeaseMs } from './say.ts';
import { settle, takeEarly } from './track.ts';
import { windowNow } from './ways.ts';
import { fitsWindow, windowClosed } from './window.ts';

const batch = 20;
export const sendTimeoutMs = 30_000;

/** What delivering needs besides: the pace of each inbox, and the marks that tell a person that they were read. */
export interface LaneDeps extends FlowDeps {
  pacing: Pacing;
  marks: ReadMarks;
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

/** May this process send it now? It does if it wrote or claimed it, if it is due, or if whoever claimed it is gone. */
const ready = async ({ members }: FlowDeps, delivery: Delivery, now: number): Promise<boolean> => {
  if (delivery.dueAt === null) return false;
  if (delivery.claimedBy === members.owner() || Date.parse(delivery.dueAt) <= now || isPostponed(delivery)) return true;
  return delivery.claimedBy !== null && members.isGone(delivery.claimedBy);
};

const update = (delivery: Delivery, set: Change): Update<Delivery> => ({
  op: 'update',
  in: deliveries,
  id: delivery.id,
  when: { open: true },
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

/** Gives the channel its time. One that lets it pass without an answer does not hold up the lane for ever. */
async function sendInTime(deps: FlowDeps, channel: Channel, message: OutboundMessage): Promise<SendResult> {
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
  const at = deps.pacing.ask(
    { id: delivery.id, row: rowOf(conversation), address, pace: channel.capabilities.pace },
    now,
  );
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
    const wakeAt = delivery.claimedBy === null ? dueMs(delivery) : undefined;
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
  if (!mine) return { change: null, lost: true };
  deps.marks.mark(conversation);
  const { capabilities } = channel;
  const form = { capabilities: capabilitiesIn(capabilities, conversation), last, quotes: reply.quotes };
  const change = await sendOne(lane, mine, outbound(mine, message, conversation, form));
  const wakeAt = change.open === false ? undefined : dueMs(change);
  return { change, ...(wakeAt === undefined ? {} : { wakeAt }) };
}

interface Sent {
  changes: Update<Delivery>[];
  /** There may be more to send at once. */
  again: boolean;
  /** When the lane is to go on, in ms; null where nothing is known to wait. */
  wakeAt: number | null;
}

const messagesOf = async ({ store }: FlowDeps, open: readonly Delivery[]): Promise<Map<string, Message>> => {
  const ids = open.map(({ messageId }) => messageId);
  return new Map((await store.getMany(messages, ids)).map((one) => [one.id, one]));
};

/** Sends what is ready at the head of a lane, in order; stops at the first that must wait. Gives the changes to keep. */
async function sendBatch(lane: Lane, open: Delivery[]): Promise<Sent> {
  const known = await messagesOf(lane.deps, open);
  const changes: Update<Delivery>[] = [];
  for (const [at, delivery] of open.entries()) {
    const message = known.get(delivery.messageId);
    if (!message) return { changes, again: false, wakeAt: null };
    const last = open[at + 1]?.messageId !== message.id;
    const { change, wakeAt = null, lost = false } = await step(lane, { delivery, message, last, changes });
    if (change) changes.push(update(delivery, change));
    if (change?.open !== false) return { changes, again: lost, wakeAt };
  }
  return { changes, again: open.length === batch, wakeAt: null };
}

/** What the note of a sending says of it, for adding it to what a receipt told before. */
async function keepOne(deps: FlowDeps, change: Update<Delivery>): Promise<void> {
  const result = await deps.store.write([change]);
  if (result.ok) return;
  const { status, error = null, externalId = null, cost } = change.set ?? {};
  // a receipt has closed it already: both words count
  if (result.reason === 'conflict' && status) return settle(deps, change.id, { status, error, externalId, cost });
  if (result.reason !== 'duplicate') return;
  // an id that the provider gave before is not ours to find receipts by; without it the sending is still done
  deps.log.error({ deliveryId: change.id }, 'the provider gave an external id twice');
  await deps.store.write([{ ...change, set: { ...change.set, externalId: null } }]);
}

/** Keeps what became of sendings, and what the provider told of them before. */
async function keep({ deps, channel }: Lane, changes: Update<Delivery>[]): Promise<void> {
  const whole = changes.length > 0 ? await deps.store.write(changes) : { ok: true };
  if (!whole.ok) for (const change of changes) await keepOne(deps, change);
  const named = changes.flatMap(({ set }) => set?.externalId ?? []);
  if (named.length > 0) await takeEarly(deps, channel.inboxId, named);
}

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

/**
 * Sends what waits in a conversation, in order. The channel's answer is kept after it: if the process dies between the
 * two, that one sending is repeated, and no other. Gives the time (ms) at which what is left is to be sent, if it is known.
 */
export async function deliverLane(deps: LaneDeps, conversationId: string): Promise<number | null> {
  const conversation = await deps.store.get(conversations, conversationId);
  const channel = conversation && deps.channels.get(conversation.inboxId);
  if (!conversation || !channel) return null;
  const lane: Lane = { deps, channel, conversation };
  const where = { conversationId, open: true };
  for (;;) {
    const open = (await deps.store.find(deliveries, { index: 'by-lane', where, order: 'asc', limit: batch })).items;
    if (open.length === 0) return null;
    const { changes, again, wakeAt } = await sendBatch(lane, open);
    await keep(lane, changes);
    for (const messageId of costly(open, changes)) await countCost(deps, messageId);
    for (const one of failedOf(open, changes)) await afterLoss(deps, one);
    for (const messageId of unseen(open, changes)) await loseNotice(deps, { messageId, error: nobodyThere });
    if (!again) return wakeAt;
  }
}
