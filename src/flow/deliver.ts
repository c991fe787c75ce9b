import type { Capabilities } from '../channel/capabilities.ts';
import type { Channel } from '../channel/channel.ts';
import type { OutboundLetter, OutboundMessage, SendResult } from '../channel/outbound.ts';
import { SendError } from '../channel/send-error.ts';
import { iso } from '../clock.ts';
import { type Conversation, conversations } from '../conversation/conversation.ts';
import { type Delivery, deliveries, type Message, type MessageLetter, messages } from '../message/message.ts';
import type { Update } from '../store/port.ts';
import type { FlowDeps } from './deps.ts';
import { hasButtonsFor } from './fit-to.ts';
import { deliveryLeaseMs } from './perform.ts';

export const maxAttempts = 12;
const batch = 20;
export const sendTimeoutMs = 30_000;

/** 2 s, 4 s, 8 s … at most 15 min, with a fifth of jitter taken from the delivery's id, so that it is the same again. */
export function backOffMs(attempts: number, id: string): number {
  const base = Math.min(2_000 * 2 ** (attempts - 1), 900_000);
  const jitter = (id.charCodeAt(0) % 10) / 50;
  return Math.round(base * (1 + jitter));
}

const letterOf = ({ subject, inReplyTo, references }: MessageLetter): OutboundLetter => ({
  subject,
  inReplyTo,
  references,
});

const outbound = (
  delivery: Delivery,
  message: Message,
  conversation: Conversation,
  { capabilities, last }: { capabilities: Capabilities; last: boolean },
): OutboundMessage => ({
  id: delivery.id,
  messageId: message.id,
  inboxId: message.inboxId,
  address: conversation.address,
  conversationKey: conversation.key,
  visibility: conversation.visibility,
  seq: message.seq,
  text: delivery.text,
  ...(message.html && delivery.text === message.text ? { html: message.html } : {}),
  language: message.language ?? conversation.language ?? 'ar',
  quickReplies: last && hasButtonsFor(message.quickReplies, capabilities) ? message.quickReplies : [],
  attachments: last ? message.attachments : [],
  ...(message.letter ? { letter: letterOf(message.letter) } : {}),
  ...(message.approved ? { template: message.approved } : {}),
  ...(message.refersTo && delivery.part === 0 ? { quotes: message.refersTo } : {}),
  author: message.author === 'agent' || message.author === 'system' ? message.author : 'assistant',
  automated: message.author !== 'agent',
  at: message.sentAt,
});

type Change = Partial<Omit<Delivery, 'id' | 'version'>>;

const taken = (result: SendResult, delivery: Delivery): Change => ({
  status: result.status,
  externalId: result.externalId,
  open: false,
  dueAt: null,
  claimedBy: null,
  attempts: delivery.attempts + 1,
  error: null,
});

const dead = (delivery: Delivery, error: SendError): Change => ({
  status: 'failed',
  open: false,
  dueAt: null,
  claimedBy: null,
  attempts: delivery.attempts + 1,
  error: { code: error.code, message: error.message },
});

/** A server that is down says nothing of the message: so long it is tried again, in ms (RFC 5321 4.5.4.1 asks for days). */
const unreachableForMs = 3 * 86_400_000;

const isGivenUp = ({ attempts, at }: Delivery, error: SendError, now: number): boolean => {
  if (!error.retryable) return true;
  return error.code === 'unreachable' ? now - Date.parse(at) > unreachableForMs : attempts + 1 >= maxAttempts;
};

/** What a failed sending becomes: kept outside the lane until the person is back, tried again later, or given up and kept as a dead letter. */
export function afterFailure(delivery: Delivery, error: SendError, now: number): Change {
  if (error.code === 'recipient-away') return { status: 'queued', open: false, dueAt: null, claimedBy: null };
  if (isGivenUp(delivery, error, now)) return dead(delivery, error);
  const attempts = delivery.attempts + 1;
  const wait = Math.max(error.retryAfterMs ?? 0, backOffMs(attempts, delivery.id));
  const kept = { code: error.code, message: error.message };
  return { status: 'queued', attempts, dueAt: iso(now + wait), claimedBy: null, error: kept };
}

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
const ready = (deps: FlowDeps, delivery: Delivery, now: number): boolean => {
  if (delivery.dueAt === null) return false;
  if (delivery.claimedBy === deps.owner || Date.parse(delivery.dueAt) <= now) return true;
  return delivery.claimedBy !== null && deps.store.exclusive;
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
  if (delivery.claimedBy === deps.owner) return delivery;
  const set = { claimedBy: deps.owner, status: 'sending' as const, dueAt: iso(deps.clock.now() + deliveryLeaseMs) };
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

async function sendOne(
  deps: FlowDeps,
  channel: Channel,
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
    return change;
  }
}

/** Sends what is ready at the head of a lane, in order; stops at the first that must wait. Gives the changes to keep. */
async function sendBatch(deps: FlowDeps, channel: Channel, open: Delivery[], conversation: Conversation) {
  const known = new Map(
    (
      await deps.store.getMany(
        messages,
        open.map((one) => one.messageId),
      )
    ).map((one) => [one.id, one]),
  );
  const changes: Update<Delivery>[] = [];
  for (const [at, delivery] of open.entries()) {
    const message = known.get(delivery.messageId);
    const mine = message && ready(deps, delivery, deps.clock.now()) ? await claim(deps, delivery) : null;
    if (!message || !mine) return { changes, again: false };
    const last = open[at + 1]?.messageId !== message.id;
    const change = await sendOne(
      deps,
      channel,
      mine,
      outbound(mine, message, conversation, { capabilities: channel.capabilities, last }),
    );
    changes.push(update(mine, change));
    if (change.open !== false) return { changes, again: false };
  }
  return { changes, again: open.length === batch };
}

/** An id that the provider gave before is not ours to find receipts by; without it the sending is still done. */
async function keepOne(deps: FlowDeps, change: Update<Delivery>): Promise<void> {
  const result = await deps.store.write([change]);
  if (result.ok || result.reason !== 'duplicate') return;
  deps.log.error({ deliveryId: change.id }, 'the provider gave an external id twice');
  await deps.store.write([{ ...change, set: { ...change.set, externalId: null } }]);
}

/** Keeps what became of sendings. A receipt may have closed one already: then its word stands. */
const keep = async (deps: FlowDeps, changes: Update<Delivery>[]): Promise<void> => {
  const whole = changes.length > 0 ? await deps.store.write(changes) : { ok: true };
  if (!whole.ok) for (const change of changes) await keepOne(deps, change);
};

/**
 * Sends what waits in a conversation, in order. The channel's answer is kept after it: if the process dies between the
 * two, that one sending is repeated, and no other.
 */
export async function deliverLane(deps: FlowDeps, conversationId: string): Promise<void> {
  const conversation = await deps.store.get(conversations, conversationId);
  const channel = conversation && deps.channels.get(conversation.inboxId);
  if (!conversation || !channel) return;
  for (let again = true; again; ) {
    const where = { conversationId, open: true };
    const open = (await deps.store.find(deliveries, { index: 'by-lane', where, order: 'asc', limit: batch })).items;
    if (open.length === 0) return;
    const sent = await sendBatch(deps, channel, open, conversation);
    await keep(deps, sent.changes);
    again = sent.again;
  }
}
