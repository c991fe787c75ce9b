import type { Socket } from 'socket.io';
import type { ChannelDeps, HistoryMessage, Sink } from '../../src/channel/channel.ts';
import type { Language } from '../../src/language/language.ts';
import { maxInboundLength } from './capabilities.ts';
import type { Limiter } from './limits.ts';
import { parseHandshake, parseMessage, parseTyping, type Visitor } from './parse.ts';
import type { Parcel, Rooms, ShownMessage, Tab } from './room.ts';
import { fileUrl } from './routes.ts';
import { readSession, signSession } from './session.ts';

export interface VisitDeps {
  host: ChannelDeps;
  inboxId: string;
  secret: Buffer;
  rooms: Rooms;
  perVisitor: Limiter;
  perAddress: Limiter;
  sink: Sink;
}

const historyLength = 50;

type Answer = { id: string } | { error: { code: string; message: string; retryAfterMs?: number } };
type Reply = (answer: Answer) => void;

const replyOf = (callback: unknown): Reply => (typeof callback === 'function' ? (callback as Reply) : () => undefined);

interface Refused {
  /** The text that the visitor reads. */
  key: string;
  code: 'invalid' | 'rate-limited' | 'unavailable';
  retryAfterMs?: number;
}

const refusal = (deps: VisitDeps, language: Language, { key, ...told }: Refused): Answer => ({
  error: { ...told, message: deps.host.text(key, language, { max: maxInboundLength }) },
});

const tryAgain = { key: 'chat-error-try-again', code: 'unavailable', retryAfterMs: 2_000 } as const;

const isInvalid = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'invalid';

/** Takes one message: limits, then the schema, then the store; answered only when it is durable. */
async function take(deps: VisitDeps, tab: Tab, visitor: Visitor, payload: unknown): Promise<Answer> {
  // what one visitor is refused does not count against the others who share the address
  const wait = deps.perVisitor.take(visitor.id) || deps.perAddress.take(deps.host.clientAddress(tab.socket.request));
  if (wait > 0) {
    deps.host.count('rate-limited');
    return refusal(deps, visitor.language, { key: 'chat-error-flood', code: 'rate-limited', retryAfterMs: wait });
  }
  const at = new Date(deps.host.clock.now()).toISOString();
  const parsed = parseMessage(payload, visitor, at);
  if ('refusal' in parsed) return refusal(deps, visitor.language, { key: parsed.refusal, code: 'invalid' });
  try {
    const { messageId, duplicate } = await deps.sink.receive(parsed.event);
    if (!duplicate && deps.rooms.count(visitor.id) > 1) showElsewhere(deps, tab, visitor, messageId);
    return { id: messageId };
  } catch (error) {
    if (isInvalid(error)) return refusal(deps, visitor.language, { key: 'chat-error-file-gone', code: 'invalid' });
    deps.host.log.error({ err: error, inboxId: deps.inboxId }, 'a web chat message could not be stored');
    return refusal(deps, visitor.language, tryAgain);
  }
}

const shown = (deps: VisitDeps, message: HistoryMessage, token: string): ShownMessage => ({
  id: message.id,
  direction: message.direction,
  author: message.author,
  text: message.text,
  ...(message.html ? { html: message.html } : {}),
  ...(message.quickReplies.length > 0 ? { quickReplies: message.quickReplies } : {}),
  ...(message.attachments.length > 0
    ? {
        attachments: message.attachments.map((file) => ({
          ...file,
          url: fileUrl(deps.host.publicUrl, file.id, token),
        })),
      }
    : {}),
  at: message.at,
});

/** Shows the visitor's own message, as it was stored, in their other tabs. */
function showElsewhere(deps: VisitDeps, tab: Tab, visitor: Visitor, messageId: string): void {
  const query = { inboxId: deps.inboxId, address: visitor.id, limit: historyLength };
  deps.sink.history(query).then(
    ({ messages }) => {
      const message = messages.find(({ id }) => id === messageId);
      const token = signSession(deps.secret, visitor.id);
      if (message) deps.rooms.give(visitor.id, { message: shown(deps, message, token) }, tab.socket);
    },
    (error: unknown) => deps.host.log.warn({ err: error }, 'a message could not be shown in another tab'),
  );
}

/** Tells the core that the visitor has one of our messages. */
export const confirm = (deps: Pick<VisitDeps, 'host' | 'inboxId'>, sink: Sink, deliveryId: string): void => {
  const at = new Date(deps.host.clock.now()).toISOString();
  sink
    .receive({ event: 'receipt', inboxId: deps.inboxId, externalId: deliveryId, status: 'delivered', at })
    .catch((error: unknown) => deps.host.log.warn({ err: error }, 'a web chat receipt could not be stored'));
};

const parcelOf = (deps: VisitDeps, message: HistoryMessage, token: string): Parcel => {
  const { deliveryId } = message;
  const parcel = { message: shown(deps, message, token) };
  return deliveryId ? { ...parcel, confirmed: () => confirm(deps, deps.sink, deliveryId) } : parcel;
};

/** Says who the visitor is, then hands over what they missed, then what came meanwhile. */
async function welcome(deps: VisitDeps, tab: Tab, visitor: Visitor, after: string | undefined): Promise<void> {
  const token = signSession(deps.secret, visitor.id);
  const query = { inboxId: deps.inboxId, address: visitor.id, after, limit: historyLength };
  const history = await deps.sink.history(query);
  tab.socket.emit('time', { now: new Date(deps.host.clock.now()).toISOString() });
  tab.socket.emit('session', { token, conversationId: history.conversationId });
  deps.rooms.open(
    tab,
    history.messages.map((message) => parcelOf(deps, message, token)),
  );
  if (history.handledBy) tab.socket.emit('conversation', { handledBy: history.handledBy });
}

/** One connection of a visitor, from its handshake to its end. */
export function visit(deps: VisitDeps, socket: Socket): void {
  const { token, language = 'ar', after } = parseHandshake(socket.handshake.auth);
  const known = readSession(deps.secret, token);
  const visitor: Visitor = { inboxId: deps.inboxId, id: known ?? deps.host.ids.token().slice(0, 24), language };
  const tab: Tab = { socket, waiting: [], handed: new Set() };
  deps.rooms.enter(visitor.id, tab);
  socket.on('disconnect', () => deps.rooms.leave(visitor.id, tab));
  socket.on('message', (payload: unknown, callback: unknown) => {
    take(deps, tab, visitor, payload).then(replyOf(callback), (error: unknown) => {
      deps.host.log.error({ err: error, inboxId: deps.inboxId }, 'a web chat message failed');
      replyOf(callback)(refusal(deps, language, tryAgain));
    });
  });
  socket.on('typing', (payload: unknown) => {
    if (deps.perVisitor.take(`typing:${visitor.id}`) === 0)
      deps.sink.typing({ inboxId: deps.inboxId, address: visitor.id, on: parseTyping(payload) });
  });
  welcome(deps, tab, visitor, known ? after : undefined).catch((error: unknown) => {
    deps.host.log.error({ err: error, inboxId: deps.inboxId }, 'a web chat history could not be read');
    socket.disconnect(true);
  });
}
