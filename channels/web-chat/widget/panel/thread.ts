import type { Attachment, ChatMessage } from '../protocol.ts';

/** A message of the visitor's that the server has not yet acknowledged. */
export interface Outgoing {
  clientId: string;
  /** The browser tab that sends it. */
  tab: string;
  text: string;
  quickReplyId?: string;
  attachments: readonly Attachment[];
  at: string;
  state: 'queued' | 'failed';
  /** Whether it has left this browser at least once, so that the server may know it already. */
  attempted: boolean;
  /** Why the server refused it, in words for the visitor. */
  reason?: string;
}

/** How far a message of the visitor's has come. */
export type Progress = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** The exchange as this browser knows it: what the server holds, in its order, and what still waits to be sent. */
export interface Thread {
  messages: readonly ChatMessage[];
  outbox: readonly Outgoing[];
  /** Messages of the visitor's own that came from the server while one was on its way and may be that one. */
  held: readonly string[];
  progress: Readonly<Record<string, Progress>>;
  /** The last message that the server itself has sent: where a new connection goes on. */
  cursor: string | undefined;
}

/** One line of the exchange as it is shown. */
export interface Entry {
  key: string;
  message: ChatMessage;
  /** Only for the visitor's own. */
  progress?: Progress;
  reason?: string;
}

export const emptyThread: Thread = { messages: [], outbox: [], held: [], progress: {}, cursor: undefined };

const without = <T>(list: readonly T[], isGone: (one: T) => boolean): T[] => list.filter((one) => !isGone(one));

const releaseHeld = (thread: Thread): Thread =>
  thread.outbox.some((item) => item.attempted && item.state === 'queued') ? thread : { ...thread, held: [] };

/** A message with the files of another telling of it, where it brings none itself: an echo may leave them out. */
const withFilesOf = (message: ChatMessage, other: Pick<ChatMessage, 'attachments'>): ChatMessage =>
  message.attachments.length > 0 ? message : { ...message, attachments: other.attachments };

/**
 * Takes in a message from the server. One that is known by its id replaces what was there and keeps its place, so receiving
 * twice is receiving once. An unknown one of the visitor's own is held back while one of ours is unacknowledged.
 */
export function receiveMessage(thread: Thread, message: ChatMessage): Thread {
  const known = thread.messages.findIndex((one) => one.id === message.id);
  if (known >= 0) {
    const messages = thread.messages.map((one, index) => (index === known ? withFilesOf(message, one) : one));
    return { ...thread, messages, cursor: known === messages.length - 1 ? message.id : thread.cursor };
  }
  const mayBeOurs =
    message.direction === 'inbound' && thread.outbox.some((item) => item.attempted && item.state === 'queued');
  return {
    ...thread,
    messages: [...thread.messages, message],
    held: mayBeOurs ? [...thread.held, message.id] : thread.held,
    cursor: message.id,
  };
}

/** Puts a message into the outbox; one with the same client id is replaced where it stands. */
export function enqueue(thread: Thread, item: Outgoing): Thread {
  const isThere = thread.outbox.some((one) => one.clientId === item.clientId);
  const outbox = isThere
    ? thread.outbox.map((one) => (one.clientId === item.clientId ? item : one))
    : [...thread.outbox, item];
  return releaseHeld({ ...thread, outbox });
}

/** Notes that a message has left this browser. */
export const markAttempted = (thread: Thread, clientId: string): Thread => ({
  ...thread,
  outbox: thread.outbox.map((item) => (item.clientId === clientId ? { ...item, attempted: true } : item)),
});

const asMessage = (item: Outgoing, id: string): ChatMessage => ({
  id,
  direction: 'inbound',
  author: 'contact',
  text: item.text,
  quickReplies: [],
  attachments: item.attachments,
  at: item.at,
});

/** The server has the message under `id`: it leaves the outbox, and stands once among the messages. */
export function acknowledge(thread: Thread, clientId: string, id: string): Thread {
  const item = thread.outbox.find((one) => one.clientId === clientId);
  if (!item) return thread;
  const isThere = thread.messages.some((one) => one.id === id);
  return releaseHeld({
    ...thread,
    messages: isThere
      ? thread.messages.map((one) => (one.id === id ? withFilesOf(one, item) : one))
      : [...thread.messages, asMessage(item, id)],
    outbox: without(thread.outbox, (one) => one.clientId === clientId),
    held: without(thread.held, (one) => one === id),
  });
}

/** The server refuses the message for good; it stays, with the reason, until the visitor sends it again or drops it. */
export function refuse(thread: Thread, clientId: string, reason: string): Thread {
  const item = thread.outbox.find((one) => one.clientId === clientId);
  return item ? enqueue(thread, { ...item, state: 'failed', reason }) : thread;
}

/** Lets a refused message try again, behind what waits already. */
export function sendAgain(thread: Thread, clientId: string, tab: string): Thread {
  const item = thread.outbox.find((one) => one.clientId === clientId && one.state === 'failed');
  if (!item) return thread;
  const { reason: _reason, ...rest } = item;
  return enqueue(drop(thread, clientId), { ...rest, tab, state: 'queued', attempted: false });
}

/** Takes a message out of the outbox. */
export const drop = (thread: Thread, clientId: string): Thread =>
  releaseHeld({ ...thread, outbox: without(thread.outbox, (one) => one.clientId === clientId) });

const ladder: readonly string[] = ['sending', 'sent', 'delivered', 'read'];
const known: Readonly<Record<string, Progress>> = {
  accepted: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
};

/** Notes the server's word on a message; progress only goes up, and a word that means nothing to a visitor changes nothing. */
export function trackDelivery(thread: Thread, messageId: string, status: string): Thread {
  const next = known[status];
  const now = thread.progress[messageId] ?? 'sent';
  if (!next || ladder.indexOf(next) <= ladder.indexOf(now)) return thread;
  return { ...thread, progress: { ...thread.progress, [messageId]: next } };
}

const isFrom = (direction: ChatMessage['direction']) => (message: ChatMessage) => message.direction === direction;

/** What is shown, in order: the messages without those held back, then what waits to be sent. */
export function entriesOf(thread: Thread): Entry[] {
  const shown = thread.messages.filter((message) => !thread.held.includes(message.id));
  const stored = shown.map(
    (message): Entry => ({
      key: message.id,
      message,
      ...(isFrom('inbound')(message) ? { progress: thread.progress[message.id] ?? 'sent' } : {}),
    }),
  );
  const waiting = thread.outbox.map(
    (item): Entry => ({
      key: item.clientId,
      message: asMessage(item, item.clientId),
      progress: item.state === 'failed' ? 'failed' : 'sending',
      ...(item.reason ? { reason: item.reason } : {}),
    }),
  );
  return [...stored, ...waiting];
}

/** The quick replies that may still be used: those of the newest line, where the visitor has said nothing since. */
export function liveReplies(entries: readonly Entry[]): string | undefined {
  const last = entries.at(-1);
  return last && last.message.quickReplies.length > 0 ? last.key : undefined;
}

/** How many messages came after the one the visitor saw last; none where nothing was ever shown. */
export function countUnread(thread: Thread, seenId: string | undefined): number {
  if (seenId === undefined) return 0;
  const seen = thread.messages.findIndex((message) => message.id === seenId);
  return thread.messages.slice(seen + 1).filter(isFrom('outbound')).length;
}
