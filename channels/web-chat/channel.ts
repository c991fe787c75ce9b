import type { Socket } from 'socket.io';
import type { Channel, Sink } from '../../src/channel/channel.ts';
import type { HostDeps } from '../../src/channel/kind.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { capabilities } from './capabilities.ts';
import { createElsewhere, type Elsewhere, type Local, nowhere } from './elsewhere/elsewhere.ts';
import type { Gift, HintName } from './elsewhere/words.ts';
import { createLimiter, type Limit, type Limiter, unlimited } from './limits.ts';
import { createRooms, type Rooms } from './room.ts';
import { fileUrl, routes } from './routes.ts';
import { signSession } from './session.ts';
import { type Said, shown } from './shown.ts';
import { confirm, visit } from './visit.ts';

/** What one visitor, and one network address, may send; beyond it they are asked politely to wait. */
const limits = {
  visitor: { burst: 20, perSecond: 1 },
  address: { burst: 200, perSecond: 20 },
  connections: { burst: 300, perSecond: 10 },
  uploads: { burst: 10, perSecond: 0.2 },
} as const satisfies Record<string, Limit>;

const saidOf = ({ messageId, author, text, html, quickReplies, attachments, at }: OutboundMessage): Said => ({
  id: messageId,
  direction: 'outbound',
  author,
  text,
  html,
  quickReplies,
  attachments,
  at,
});

/** A visitor from a flooding address gets its connection later, not never: the client tries again by itself. */
const guard = (deps: HostDeps, connections: Limiter) => (socket: Socket, next: (error?: Error) => void) => {
  const wait = connections.take(deps.clientAddress(socket.request));
  if (wait === 0) return next();
  deps.count('connection-limited');
  const error = Object.assign(new Error('rate-limited'), { data: { code: 'rate-limited', retryAfterMs: wait } });
  next(error);
};

interface Chat {
  deps: HostDeps;
  inboxId: string;
  secret: Buffer;
  rooms: Rooms;
  elsewhere: Elsewhere;
  sink(): Sink | null;
}

/** The visitors who are connected to this process. */
const here = ({ deps, inboxId, secret, rooms, sink }: Chat): Local => ({
  count: rooms.count,
  give(visitor, { said, deliveryId }) {
    const core = sink();
    const urlOf = (id: string): string => fileUrl(deps.publicUrl, id, signSession(secret, visitor));
    const confirmed = (): void => {
      if (core && deliveryId) confirm({ host: deps, inboxId }, core, deliveryId);
    };
    return rooms.give(visitor, { message: shown(said, urlOf), confirmed });
  },
  tell: rooms.tell,
  readAgain: rooms.readAgain,
});

/** Gives it to the visitor's tabs, in whichever process they are; false where there is none. */
async function give({ elsewhere }: Chat, local: Local, visitor: string, gift: Gift): Promise<boolean> {
  if (!local.give(visitor, gift)) return elsewhere.giveAway(visitor, gift);
  if (elsewhere.has(visitor)) elsewhere.give(visitor, gift);
  return true;
}

const send =
  (chat: Chat, local: Local) =>
  async (message: OutboundMessage): Promise<SendResult> => {
    if (message.inboxId !== chat.inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
    if (message.text.length > capabilities.text.maxLength)
      throw new SendError('unsupported', 'The text is too long for the web chat.');
    const given = await give(chat, local, message.address, { said: saidOf(message), deliveryId: message.id });
    if (!given) throw new SendError('recipient-away', 'The visitor is not connected; they get it when they come back.');
    return { externalId: message.id, status: 'sent' };
  };

/** A hint to the visitor's tabs, in whichever process they are. */
const tell = ({ rooms, elsewhere }: Chat, visitor: string, hint: HintName, payload: unknown): void => {
  rooms.tell(visitor, hint, payload);
  if (rooms.count(visitor) === 0 || elsewhere.has(visitor)) elsewhere.tell(visitor, hint, payload);
};

/** The web chat: an embeddable widget that speaks over a socket (architecture.md section 5). No I/O until `start`. */
export function createWebChat(settings: { inboxId?: string }, deps: HostDeps): Channel {
  const inboxId = settings.inboxId ?? 'web-chat';
  const secret = deps.secret(`web-chat-session:${inboxId}`);
  const rooms = createRooms();
  const { peers, clock } = deps;
  const elsewhere = peers ? createElsewhere({ peers, clock, inboxId, self: deps.ids.next() }) : nowhere;
  const limiter = (name: keyof typeof limits): Limiter =>
    deps.rateLimits ? createLimiter(deps, `${inboxId}:${name}`, limits[name]) : unlimited;
  const [perVisitor, perAddress] = [limiter('visitor'), limiter('address')];
  const namespace = deps.io.of('/web-chat');
  let sink: Sink | null = null;
  let stopListening = async (): Promise<void> => undefined;
  const chat: Chat = { deps, inboxId, secret, rooms, elsewhere, sink: () => sink };
  const local = here(chat);
  const onConnection = (socket: Socket): void => {
    if (sink) visit({ host: deps, inboxId, secret, rooms, elsewhere, perVisitor, perAddress, sink }, socket);
    else socket.disconnect(true);
  };
  namespace.use(guard(deps, limiter('connections')));
  return {
    kind: 'web-chat',
    inboxId,
    capabilities,
    state: () => ({ state: sink ? 'connected' : 'stopped', reason: null }),
    async start(core) {
      if (!sink) {
        namespace.on('connection', onConnection);
        stopListening = elsewhere.listen(local);
      }
      sink = core;
    },
    async stop() {
      sink = null;
      namespace.off('connection', onConnection);
      namespace.local.disconnectSockets(true);
      await stopListening();
    },
    send: send(chat, local),
    routes: routes({ host: deps, inboxId, secret, uploads: limiter('uploads'), sink: () => sink }),
    typing: ({ address, on }) => tell(chat, address, 'typing', { on }),
    handled: ({ address, by }) => tell(chat, address, 'conversation', { handledBy: by }),
  };
}
