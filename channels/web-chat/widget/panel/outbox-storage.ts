import { readAttachment } from '../protocol.ts';
import type { Storage } from '../storage.ts';
import type { Outgoing } from './thread.ts';

const keyStart = 'out:';

type Fields = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function parse(value: string): Fields {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Fields) : {};
  } catch {
    return {};
  }
}

/** What another tab wrote about one message: that it waits, or (with `ackedAs`) that the server has it. */
export function readOutgoing(value: string): { item: Outgoing; ackedAs?: string } | undefined {
  const source = parse(value);
  if (!text(source.clientId)) return undefined;
  const quickReplyId = text(source.quickReplyId);
  const attachments = Array.isArray(source.attachments) ? source.attachments : [];
  const item: Outgoing = {
    clientId: text(source.clientId),
    tab: text(source.tab),
    text: text(source.text),
    attachments: attachments.flatMap((one) => readAttachment(one) ?? []),
    at: text(source.at),
    state: source.state === 'failed' ? 'failed' : 'queued',
    attempted: source.attempted === true,
    ...(quickReplyId ? { quickReplyId } : {}),
    ...(text(source.reason) ? { reason: text(source.reason) } : {}),
  };
  return text(source.ackedAs) ? { item, ackedAs: text(source.ackedAs) } : { item };
}

/** What the other tabs do with their messages. */
export interface OutboxListener {
  waits(item: Outgoing): void;
  acknowledged(item: Outgoing, id: string): void;
  gone(clientId: string): void;
}

/** The outbox in the browser's storage, a key for each message, so that two tabs never overwrite each other's. */
export interface OutboxStorage {
  load(): Outgoing[];
  save(item: Outgoing): void;
  /** Tells the other tabs under which id the server has it, and forgets it. */
  acknowledge(item: Outgoing, id: string): void;
  remove(clientId: string): void;
  listen(listener: OutboxListener): () => void;
}

const byTime = (one: Outgoing, other: Outgoing): number => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0);

export function createOutboxStorage(storage: Storage): OutboxStorage {
  const save = (item: Outgoing, ackedAs?: string): void =>
    storage.set(keyStart + item.clientId, JSON.stringify({ ...item, ackedAs }));
  return {
    load: () =>
      storage
        .keys(keyStart)
        .map((key) => readOutgoing(storage.get(key) ?? ''))
        .flatMap((read) => (read && !read.ackedAs ? [read.item] : []))
        .sort(byTime),
    save: (item) => save(item),
    acknowledge(item, id) {
      save(item, id);
      storage.remove(keyStart + item.clientId);
    },
    remove: (clientId) => storage.remove(keyStart + clientId),
    listen: (listener) =>
      storage.onChange((key, value) => {
        if (!key.startsWith(keyStart)) return;
        const read = value === undefined ? undefined : readOutgoing(value);
        if (!read) listener.gone(key.slice(keyStart.length));
        else if (read.ackedAs) listener.acknowledged(read.item, read.ackedAs);
        else listener.waits(read.item);
      }),
  };
}
