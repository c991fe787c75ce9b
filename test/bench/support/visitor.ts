import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';

const shown = z.object({
  id: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  author: z.string(),
  text: z.string(),
  quickReplies: z.array(z.object({ id: z.string(), title: z.string() })).default([]),
});
export type Shown = z.infer<typeof shown>;

const answer = z.union([z.object({ id: z.string() }), z.object({ error: z.object({ code: z.string() }) })]);
const session = z.object({ token: z.string() });

/** One arrival of a message at a visitor. */
export interface Sight {
  message: Shown;
  /** Which of the visitor's connections it came by, from 1. */
  connection: number;
  at: number;
}

/** What a visitor sent and has not heard of yet. */
interface Pending {
  clientId: string;
  text?: string;
  quickReplyId?: string;
  done(id: string): void;
}

/** A person in front of the chat: keeps what was not acknowledged and says it again after each reconnection. */
export interface Visitor {
  /** The core's address of the visitor, once known. */
  id(): string;
  /** Resolves with the message's id when it was acknowledged, however many connections that takes. */
  send(words: { text?: string; quickReplyId?: string }): Promise<string>;
  /** Ids of acknowledged messages by the client's own id. */
  readonly acknowledged: ReadonlyMap<string, string>;
  readonly sights: readonly Sight[];
  readonly pending: number;
  /** How often it was let in so far. */
  readonly connections: number;
  onMessage(listener: (message: Shown) => void): void;
  /** Resolves once it has a session. */
  connected(): Promise<void>;
  /** Leaves and comes back, as for a page that is loaded again. */
  reconnect(): void;
  close(): void;
}

const ackWithinMs = 5_000;
const comeBackMs = 200;

interface State {
  socket: Socket;
  token: string;
  connection: number;
  last: string | undefined;
  waiting: Map<string, Pending>;
  acknowledged: Map<string, string>;
}

/** Sends one waiting message; an error or silence leaves it waiting, and it is tried again after a moment. */
function emit(state: State, one: Pending): void {
  const { done, ...payload } = one;
  const { connection } = state;
  const again = (): void => {
    if (state.socket.connected && state.connection === connection && state.waiting.has(one.clientId)) emit(state, one);
  };
  state.socket.timeout(ackWithinMs).emit('message', payload, (error: Error | null, given: unknown) => {
    const parsed = error ? null : answer.parse(given);
    if (!parsed || 'error' in parsed) {
      setTimeout(again, 50);
      return;
    }
    const before = state.acknowledged.get(one.clientId);
    if (before && before !== parsed.id) throw new Error(`one clientId was given two ids: ${before}, ${parsed.id}`);
    state.acknowledged.set(one.clientId, parsed.id);
    state.waiting.delete(one.clientId);
    done(parsed.id);
  });
}

/** A visitor of the server at `url`. With `remember`, arrivals are kept for an audit. */
export function createVisitor(url: string, { remember = true } = {}): Visitor {
  const sights: Sight[] = [];
  const listeners: ((message: Shown) => void)[] = [];
  let welcome = (): void => undefined;
  const welcomed = new Promise<void>((resolve) => {
    welcome = resolve;
  });
  const state: State = {
    socket: io(`${url}/web-chat`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 40,
      reconnectionDelayMax: 250,
      auth: (give) => give({ token: state.token || undefined, after: state.last, language: 'ar' }),
    }),
    token: '',
    connection: 0,
    last: undefined,
    waiting: new Map(),
    acknowledged: new Map(),
  };
  state.socket.on('session', (given: unknown) => {
    state.token = session.parse(given).token;
    state.connection += 1;
    for (const one of state.waiting.values()) emit(state, one);
    welcome();
  });
  // as the widget does: where the server ends a connection, nothing comes back by itself
  state.socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => state.socket.connect(), comeBackMs);
  });
  state.socket.on('connect_error', () => {
    if (!state.socket.active) setTimeout(() => state.socket.connect(), comeBackMs);
  });
  state.socket.on('message', (given: unknown, confirm: () => void) => {
    const message = shown.parse(given);
    if (remember) {
      if (!sights.some((one) => one.message.id === message.id)) state.last = message.id;
      sights.push({ message, connection: state.connection, at: performance.now() });
    }
    confirm();
    for (const listener of listeners) listener(message);
  });
  return {
    id: () => state.token.split('.')[1] ?? '',
    send: (words) =>
      new Promise((done) => {
        const one = { clientId: randomUUID(), ...words, done };
        state.waiting.set(one.clientId, one);
        if (state.connection > 0 && state.socket.connected) emit(state, one);
      }),
    acknowledged: state.acknowledged,
    sights,
    get pending() {
      return state.waiting.size;
    },
    get connections() {
      return state.connection;
    },
    onMessage: (listener) => void listeners.push(listener),
    connected: () => welcomed,
    reconnect: () => void state.socket.disconnect().connect(),
    close: () => void state.socket.disconnect(),
  };
}
