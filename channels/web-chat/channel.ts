import type { Socket } from 'socket.io';
import type { Channel, Sink } from '../../src/channel/channel.ts';
import type { HostDeps } from '../../src/channel/kind.ts';
import type { OutboundMessage, SendResult } from '../../src/channel/outbound.ts';
import { SendError } from '../../src/channel/send-error.ts';
import { capabilities } from './capabilities.ts';
import { createLimiter, type Limit, type Limiter, unlimited } from './limits.ts';
import { createRooms, type Rooms, type ShownMessage } from './room.ts';
import { fileUrl, routes } from './routes.ts';
import { signSession } from './session.ts';
import { confirm, visit } from './visit.ts';

/** What one visitor, and one network address, may send; beyond it they are asked politely to wait. */
const limits = {
  visitor: { burst: 20, perSecond: 1 },
  address: { burst: 200, perSecond: 20 },
  connections: { burst: 300, perSecond: 10 },
  uploads: { burst: 10, perSecond: 0.2 },
} as const satisfies Record<string, Limit>;

const shown = (deps: HostDeps, secret: Buffer, message: OutboundMessage): ShownMessage => {
  const files = message.attachments.map((file) => ({
    ...file,
    url: fileUrl(deps.publicUrl, file.id, signSession(secret, message.address)),
  }));
  return {
    id: message.messageId,
    direction: 'outbound',
    author: message.author,
    text: message.text,
    ...(message.html ? { html: message.html } : {}),
    ...(message.quickReplies.length > 0 ? { quickReplies: message.quickReplies } : {}),
    ...(files.length > 0 ? { attachments: files } : {}),
    at: message.at,
  };
};

/** A visitor from a flooding address gets its connection later, not never: the client tries again by itself. */
const guard = (deps: HostDeps, connections: Limiter) => (socket: Socket, next: (error?: Error) => void) => {
  const wait = connections.take(deps.clientAddress(socket.request));
  if (wait === 0) return next();
  deps.count('connection-limited');
  const error = Object.assign(new Error('rate-limited'), { data: { code: 'rate-limited', retryAfterMs: wait } });
  next(error);
};

interface Sending {
  deps: HostDeps;
  inboxId: string;
  secret: Buffer;
  rooms: Rooms;
  sink(): Sink | null;
}

const send =
  ({ deps, inboxId, secret, rooms, sink }: Sending) =>
  async (message: OutboundMessage): Promise<SendResult> => {
    const core = sink();
    if (message.inboxId !== inboxId) throw new SendError('config-invalid', 'The message is for another inbox.');
    if (message.text.length > capabilities.text.maxLength)
      throw new SendError('unsupported', 'The text is too long for the web chat.');
    const confirmed = (): void => {
      if (core) confirm({ host: deps, inboxId }, core, message.id);
    };
    const given = rooms.give(message.address, { message: shown(deps, secret, message), confirmed });
    if (!given) throw new SendError('recipient-away', 'The visitor is not connected; they get it when they come back.');
    return { externalId: message.id, status: 'sent' };
  };

/** The web chat: an embeddable widget that speaks over a socket (architecture.md section 5). No I/O until `start`. */
export function createWebChat(settings: { inboxId?: string }, deps: HostDeps): Channel {
  const inboxId = settings.inboxId ?? 'web-chat';
  const secret = deps.secret(`web-chat-session:${inboxId}`);
  const rooms = createRooms();
  const limiter = (limit: Limit): Limiter => (deps.rateLimits ? createLimiter(limit, deps.clock.now) : unlimited);
  const [perVisitor, perAddress] = [limiter(limits.visitor), limiter(limits.address)];
  const namespace = deps.io.of('/web-chat');
  let sink: Sink | null = null;
  const onConnection = (socket: Socket): void => {
    if (sink) visit({ host: deps, inboxId, secret, rooms, perVisitor, perAddress, sink }, socket);
    else socket.disconnect(true);
  };
  namespace.use(guard(deps, limiter(limits.connections)));
  return {
    kind: 'web-chat',
    inboxId,
    capabilities,
    state: () => ({ state: sink ? 'connected' : 'stopped', reason: null }),
    async start(core) {
      if (!sink) namespace.on('connection', onConnection);
      sink = core;
    },
    async stop() {
      sink = null;
      namespace.off('connection', onConnection);
      namespace.disconnectSockets(true);
    },
    send: send({ deps, inboxId, secret, rooms, sink: () => sink }),
    routes: routes({ host: deps, inboxId, secret, uploads: limiter(limits.uploads), sink: () => sink }),
    typing: ({ address, on }) => rooms.tell(address, 'typing', { on }),
    handled: ({ address, by }) => rooms.tell(address, 'conversation', { handledBy: by }),
  };
}
