import type { Socket } from 'socket.io';
import type { ChannelDeps, History, HistoryMessage, Sink } from '../../src/channel/channel.ts';
import type { Language } from '../../src/language/language.ts';
import { maxInboundLength } from './capabilities.ts';
import type { Elsewhere } from './elsewhere/elsewhere.ts';
import type { Limiter } from './limits.ts';
import { parseHandshake, parseMessage, parseTyping, type Visitor } from './parse.ts';
import { note, type Parcel, type Rooms, type Tab } from './room.ts';
import { fileUrl } from './routes.ts';
import { readSession, signSession } from './session.ts';
import { shown } from './shown.ts';

export interface VisitDeps {
  host: ChannelDeps;
  inboxId: string;
  secret: Buffer;
  rooms: Rooms;
  elsewhere: Elsewhere;
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

const hasOthers = ({ rooms, elsewhere }: VisitDeps, { id }: Visitor): boolean =>
  rooms.count(id) > 1 || elsewhere.has(id);

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
    note(tab, messageId);
    if (!duplicate && hasOthers(deps, visitor)) showElsewhere(deps, tab, visitor, messageId);
    return { id: messageId };
  } catch (error) {
    if (isInvalid(error)) return refusal(deps, visitor.language, { key: 'chat-error-file-gone', code: 'invalid' });
    deps.host.log.error({ err: error, inboxId: deps.inboxId }, 'a web chat message could not be stored');
    return refusal(deps, visitor.language, tryAgain);
  }
}

const urlOf =
  ({ host, secret }: VisitDeps, { id }: Visitor) =>
  (fileId: string): string =>
    fileUrl(host.publicUrl, fileId, signSession(secret, id));

/** Shows the visitor's own message, as it was stored, in their other tabs. */
function showElsewhere(deps: VisitDeps, tab: Tab, visitor: Visitor, messageId: string): void {
  const query = { inboxId: deps.inboxId, address: visitor.id, limit: historyLength };
  deps.sink.history(query).then(
    ({ messages }) => {
      const message = messages.find(({ id }) => id === messageId);
      if (!message) return;
      deps.rooms.give(visitor.id, { message: shown(message, urlOf(deps, visitor)) }, tab.socket);
      if (deps.elsewhere.has(visitor.id)) deps.elsewhere.give(visitor.id, { said: message });
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

const parcelOf = (deps: VisitDeps, visitor: Visitor, message: HistoryMessage): Parcel => {
  const { deliveryId } = message;
  const parcel = { message: shown(message, urlOf(deps, visitor)) };
  return deliveryId ? { ...parcel, confirmed: () => confirm(deps, deps.sink, deliveryId) } : parcel;
};

/** One tab of a visitor, and the last message that it had when it came. */
interface Visit {
  deps: VisitDeps;
  tab: Tab;
  visitor: Visitor;
  after: string | undefined;
}

const missed = ({ deps, visitor, after }: Visit): Promise<History> =>
  deps.sink.history({ inboxId: deps.inboxId, address: visitor.id, after, limit: historyLength });

const open = ({ deps, tab, visitor }: Visit, { messages }: History): void =>
  deps.rooms.open(
    tab,
    messages.map((message) => parcelOf(deps, visitor, message)),
  );

/** Says who the visitor is, then hands over what they missed, then what came meanwhile. */
async function welcome(visit: Visit): Promise<void> {
  const { deps, tab, visitor } = visit;
  const history = await missed(visit);
  tab.socket.emit('time', { now: new Date(deps.host.clock.now()).toISOString() });
  tab.socket.emit('session', { token: signSession(deps.secret, visitor.id), conversationId: history.conversationId });
  open(visit, history);
  if (history.handledBy) tab.socket.emit('conversation', { handledBy: history.handledBy });
}

/** Hands over what did not reach the tab, in order with what came live meanwhile. */
async function catchUp(visit: Visit): Promise<void> {
  if (!visit.tab.socket.connected) return;
  visit.tab.waiting ??= [];
  open(visit, await missed(visit));
}

/** Reads for a tab: at first, and again where something may have been missed; one after another. */
function readFor(visit: Visit): Tab['readAgain'] {
  const { deps, tab } = visit;
  const failed = (error: unknown): void => {
    deps.host.log.error({ err: error, inboxId: deps.inboxId }, 'a web chat history could not be read');
    tab.socket.disconnect(true);
  };
  let reading = welcome(visit).catch(failed);
  let isWaiting = false;
  return () => {
    if (!isWaiting)
      reading = reading.then(() => {
        isWaiting = false;
        return catchUp(visit).catch(failed);
      });
    isWaiting = true;
    return reading;
  };
}

/** One connection of a visitor, from its handshake to its end. */
export function visit(deps: VisitDeps, socket: Socket): void {
  const { token, language = 'ar', after } = parseHandshake(socket.handshake.auth);
  const known = readSession(deps.secret, token);
  const visitor: Visitor = { inboxId: deps.inboxId, id: known ?? deps.host.ids.token().slice(0, 24), language };
  const tab: Tab = { socket, waiting: [], handed: new Set(), readAgain: async () => undefined };
  deps.rooms.enter(visitor.id, tab);
  if (known) deps.elsewhere.entered(visitor.id);
  socket.on('disconnect', () => {
    deps.rooms.leave(visitor.id, tab);
    if (deps.rooms.count(visitor.id) === 0) deps.elsewhere.left(visitor.id);
  });
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
  tab.readAgain = readFor({ deps, tab, visitor, after: known ? after : undefined });
}
