import { io, type Socket } from 'socket.io-client';
import {
  type ChatMessage,
  type HandledBy,
  type Language,
  readDelivery,
  readHandledBy,
  readMessage,
  readReply,
  readSession,
  readTime,
  readTyping,
  type SendReply,
} from '../protocol.ts';
import { pauseAfter } from './sender.ts';
import type { Outgoing } from './thread.ts';

const ackTimeoutMs = 5_000;

/** What the server hears at each connect; asked anew every time. */
export interface Handshake {
  token?: string;
  inbox?: string;
  language?: Language;
  after?: string;
}

/** What the connection tells; each is called as it happens. */
export interface ConnectionEvents {
  connected(): void;
  disconnected(): void;
  session(token: string, conversationId: string | null): void;
  /** The server's time in ms, which may not be this machine's. */
  time(now: number): void;
  /** The server refused the session's token. */
  sessionRefused(): void;
  message(message: ChatMessage): void;
  typing(on: boolean): void;
  delivery(messageId: string, status: string): void;
  handledBy(by: HandledBy): void;
}

export interface Connection {
  open(): void;
  /** Connects anew, with a fresh handshake. */
  renew(): void;
  isConnected(): boolean;
  send(item: Outgoing): Promise<SendReply | undefined>;
  typing(on: boolean): void;
}

const asPayload = ({ clientId, text, quickReplyId, attachments }: Outgoing): Record<string, unknown> => ({
  clientId,
  ...(text ? { text } : {}),
  ...(quickReplyId ? { quickReplyId } : {}),
  ...(attachments.length > 0 ? { attachmentIds: attachments.map((one) => one.id) } : {}),
});

/** Passes on what the server sends, once it can be read. */
function listen(socket: Socket, events: ConnectionEvents): void {
  socket.on('session', (value: unknown) => {
    const session = readSession(value);
    if (session) events.session(session.token, session.conversationId);
  });
  socket.on('time', (value: unknown) => {
    const now = readTime(value);
    if (now !== undefined) events.time(now);
  });
  socket.on('message', (value: unknown, acknowledge: unknown) => {
    const message = readMessage(value);
    if (message) events.message(message);
    if (typeof acknowledge === 'function') acknowledge();
  });
  socket.on('typing', (value: unknown) => events.typing(readTyping(value)));
  socket.on('conversation', (value: unknown) => events.handledBy(readHandledBy(value)));
  socket.on('delivery', (value: unknown) => {
    const { messageId, status } = readDelivery(value);
    events.delivery(messageId, status);
  });
}

const codeOf = (error: Error): string => {
  const { data } = error as Error & { data?: { code?: unknown } };
  return typeof data?.code === 'string' ? data.code : error.message;
};

/** socket.io gives up when the server ends a connection or refuses one; a visitor's chat does not. */
function keepTrying(socket: Socket, events: ConnectionEvents): void {
  let refusals = 0;
  const again = (): void => {
    refusals += 1;
    setTimeout(() => socket.connect(), pauseAfter(refusals));
  };
  socket.on('connect', () => {
    refusals = 0;
    events.connected();
  });
  socket.on('disconnect', (reason) => {
    events.disconnected();
    if (reason === 'io server disconnect') again();
  });
  socket.on('connect_error', (error) => {
    events.disconnected();
    if (socket.active) return;
    if (codeOf(error) === 'unauthorized') events.sessionRefused();
    again();
  });
}

/** A connection to the web chat at `origin` that is not opened yet and, once opened, comes back by itself. */
export function createConnection(origin: string, handshake: () => Handshake, events: ConnectionEvents): Connection {
  const socket = io(`${origin}/web-chat`, {
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    auth: (give) => give({ ...handshake() }),
  });
  listen(socket, events);
  keepTrying(socket, events);
  addEventListener('online', () => socket.active && socket.disconnected && socket.disconnect().connect());
  return {
    open: () => void socket.connect(),
    renew: () => void socket.disconnect().connect(),
    isConnected: () => socket.connected,
    async send(item) {
      try {
        return readReply(await socket.timeout(ackTimeoutMs).emitWithAck('message', asPayload(item)));
      } catch {
        return undefined;
      }
    },
    typing: (on) => void (socket.connected && socket.volatile.emit('typing', { on })),
  };
}
