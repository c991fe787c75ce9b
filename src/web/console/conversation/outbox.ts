import type { ApiError } from '../api/client.ts';
import type { KeptFile } from '../api/files.ts';
import type { Visibility } from '../api/messages.ts';
import type { Message } from '../api/shapes.ts';
import type { Shelf } from './drafts.ts';

/** A code of the API, what the medium refuses (`window-closed`), that files are kept no more, or that the page went away. */
export type FailureReason = ApiError['code'] | 'reloaded' | 'window-closed' | 'opted-out' | 'files-gone';

/** An answer that is on its way, or that did not get through. */
export interface Outgoing {
  /** The idempotency key: sending again under it can never send twice. */
  key: string;
  conversationId: string;
  /** Empty where files alone are sent. */
  text: string;
  files: readonly KeptFile[];
  /** Who is to read it, where that was chosen, and the post that it answers in public. */
  visibility?: Visibility;
  replyTo?: string;
  at: string;
  state: 'sending' | 'failed';
  /** Why it failed; `reloaded` where the page went away before an answer came. */
  reason: FailureReason | null;
  /** What the server said of it. */
  says?: string;
}

/** To whom an answer goes. */
export type Readers = Pick<Outgoing, 'visibility' | 'replyTo'>;

export interface Outbox {
  of(conversationId: string): readonly Outgoing[];
  /** Shows a new answer at once and sends it after those before it. */
  send(conversationId: string, text: string, files?: readonly KeptFile[], readers?: Readers): void;
  retry(key: string): void;
  /** Takes a failed one back and gives it; null where there is none. */
  takeBack(key: string): Outgoing | null;
  subscribe(listener: () => void): () => void;
}

export interface OutboxDeps {
  shelf: Shelf;
  agentId: string;
  newKey(): string;
  now(): number;
  deliver(one: Outgoing): Promise<Message>;
  /** The answer is stored: to be shown in place of the outgoing one. */
  delivered(one: Outgoing, message: Message): void;
  codeOf(error: unknown): FailureReason;
  /** The server's own sentence, where it gave one. */
  saidOf?(error: unknown): string | undefined;
}

const shelfKey = (agentId: string): string => `wasl-outbox:${agentId}`;

function readShelf({ shelf, agentId }: OutboxDeps): Outgoing[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(shelfKey(agentId)) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return (kept as Outgoing[]).map((one) => ({
      ...one,
      files: one.files ?? [],
      reason: one.state === 'sending' ? 'reloaded' : one.reason,
      state: 'failed',
    }));
  } catch {
    return [];
  }
}

function writeShelf({ shelf, agentId }: OutboxDeps, all: readonly Outgoing[]): void {
  try {
    if (all.length === 0) shelf.removeItem(shelfKey(agentId));
    else shelf.setItem(shelfKey(agentId), JSON.stringify(all));
  } catch {
    // Memory has them.
  }
}

/** Sends answers one after the other within a conversation and loses none: a failed one stays until it is sent or taken back. */
export function createOutbox(deps: OutboxDeps): Outbox {
  let all: readonly Outgoing[] = readShelf(deps);
  let views = new Map<string, readonly Outgoing[]>();
  const lanes = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  const set = (next: readonly Outgoing[]): void => {
    all = next;
    views = new Map();
    writeShelf(deps, all);
    for (const listener of listeners) listener();
  };
  const mark = (key: string, change: Partial<Outgoing>): void =>
    set(all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const deliver = async (one: Outgoing): Promise<void> => {
    try {
      const message = await deps.deliver(one);
      deps.delivered(one, message);
      set(all.filter(({ key }) => key !== one.key));
    } catch (error) {
      const says = deps.saidOf?.(error);
      mark(one.key, { state: 'failed', reason: deps.codeOf(error), ...(says ? { says } : {}) });
    }
  };
  const queue = (one: Outgoing): void => {
    const before = lanes.get(one.conversationId) ?? Promise.resolve();
    lanes.set(
      one.conversationId,
      before.then(() => deliver(one)),
    );
  };
  return {
    of(id) {
      const known = views.get(id) ?? all.filter(({ conversationId }) => conversationId === id);
      views.set(id, known);
      return known;
    },
    send(conversationId, text, files = [], readers = {}) {
      const at = new Date(deps.now()).toISOString();
      const begun = { key: deps.newKey(), conversationId, text, files, at, state: 'sending', reason: null } as const;
      const one: Outgoing = { ...begun, ...readers };
      set([...all, one]);
      queue(one);
    },
    retry(key) {
      const one = all.find((outgoing) => outgoing.key === key && outgoing.state === 'failed');
      if (!one) return;
      mark(key, { state: 'sending', reason: null });
      queue(one);
    },
    takeBack(key) {
      const one = all.find((outgoing) => outgoing.key === key && outgoing.state === 'failed');
      if (one) set(all.filter((outgoing) => outgoing !== one));
      return one ?? null;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
