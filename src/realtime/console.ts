import type { Namespace, Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { Principal } from '../agent/principal.ts';
import { may, type Permission } from '../agent/roles.ts';
import { conversations } from '../conversation/conversation.ts';
import { lastOfPerson } from '../flow/read-marks.ts';
import type { HttpDeps } from '../http/deps.ts';
import type { Change } from '../store/port.ts';
import { type Admitted, admit } from './admit.ts';
import { type Addressed, gatherChanges, type Hint, hintsOf } from './hints.ts';

/** What a console hears. A hint tells that something changed; the console then asks the API for it. */
export interface ConsoleHears {
  /** At most ten times a second, several changes at once. */
  changed(hints: Hint[]): void;
  /** A person writes in this conversation, or has stopped. */
  typing(event: { conversationId: string; on: boolean }): void;
}

/** What a console says. */
export interface ConsoleSays {
  /** The agent writes in this conversation, or has stopped; shown to the person where the channel can. */
  typing(event: unknown): void;
}

type Deps = Pick<HttpDeps, 'store' | 'flow' | 'inboxes' | 'clock' | 'log' | 'config'>;
type ConsoleSocket = Socket<ConsoleSays, ConsoleHears, Record<string, never>, Admitted>;
type ConsoleNamespace = Namespace<ConsoleSays, ConsoleHears, Record<string, never>, Admitted>;

/** Which permission lets a console hear of a collection; the permission's name is also the room. */
const roomOf: Record<string, Permission> = {
  contacts: 'contacts.read',
  conversations: 'conversations.read',
  deliveries: 'conversations.read',
  messages: 'conversations.read',
  tickets: 'tickets.read',
  articles: 'knowledge.read',
  settings: 'settings.read',
  alerts: 'signed-in',
};
const rooms: readonly Permission[] = [...new Set(Object.values(roomOf)), 'tickets.restricted'];

const agentRoom = (id: string): string => `agent:${id}`;
const sessionRoom = (id: string): string => `session:${id}`;

const typingEvent = z.strictObject({ conversationId: z.string().max(200), on: z.boolean() });

const join = (socket: ConsoleSocket, { principal, sessionId }: Admitted): void => {
  socket.join(agentRoom(principal.id));
  if (sessionId) socket.join(sessionRoom(sessionId));
  for (const room of rooms) if (may(principal.role, room)) socket.join(room);
};

function emitToSome(console: ConsoleNamespace, { hint, onlyFor, notFor }: Addressed): void {
  const room = roomOf[hint.collection];
  if (!room) return;
  const above = hint.collection === 'tickets' ? ['tickets.restricted'] : [];
  const to = onlyFor === null ? [room] : [...above, ...onlyFor.map(agentRoom)];
  if (to.length === 0) return;
  console.local.to(to).except(notFor.map(agentRoom)).emit('changed', [hint]);
}

/** Every process hears of every change, and tells the consoles that are connected to it. */
function emitHints(console: ConsoleNamespace, addressed: readonly Addressed[]): void {
  const isOpen = ({ onlyFor, notFor }: Addressed): boolean => onlyFor === null && notFor.length === 0;
  const open = Map.groupBy(
    addressed.filter(isOpen).map(({ hint }) => hint),
    ({ collection }) => roomOf[collection],
  );
  for (const [room, hints] of open) if (room) console.local.to(room).emit('changed', hints);
  for (const one of addressed.filter((each) => !isOpen(each))) emitToSome(console, one);
}

/** A session that ended, or whose agent was disabled (which ends it), hears no more. */
function dropEnded(console: ConsoleNamespace, changes: readonly Change[]): void {
  for (const { collection, id, kind } of changes) {
    if (collection === 'sessions' && kind === 'remove') console.local.in(sessionRoom(id)).disconnectSockets(true);
  }
}

async function passTyping({ store, inboxes }: Deps, by: Principal, event: unknown): Promise<void> {
  const said = typingEvent.safeParse(event);
  if (!said.success || !may(by.role, 'conversations.work')) return;
  const conversation = await store.get(conversations, said.data.conversationId);
  const channel = conversation && inboxes.channels.get(conversation.inboxId);
  if (!conversation || !channel?.typing) return;
  const last = await lastOfPerson(store, conversation.id);
  channel.typing({ address: conversation.address, on: said.data.on, externalId: last?.externalId ?? null });
}

const recheckMs = 60_000;

/** Asks again, once a minute, whether each console may still listen: sessions run out and tokens are revoked silently. */
function recheck(deps: Deps, console: ConsoleNamespace): () => void {
  let cancel = (): void => undefined;
  const check = async (): Promise<void> => {
    for (const socket of console.sockets.values()) {
      if (!(await admit(deps, socket))) socket.disconnect(true);
    }
  };
  const again = (): void => {
    cancel = deps.clock.after(recheckMs, () => {
      check().then(again, (error: unknown) => {
        deps.log.error({ err: error }, 'checking the consoles failed');
        again();
      });
    });
  };
  again();
  return () => cancel();
}

function admitSockets(deps: Deps, console: ConsoleNamespace): void {
  console.use((socket, next) => {
    admit(deps, socket).then(
      (admitted) => {
        if (!admitted) return next(Object.assign(new Error('unauthorized'), { data: { code: 'unauthorized' } }));
        Object.assign(socket.data, admitted);
        next();
      },
      (error: unknown) => {
        deps.log.error({ err: error }, 'admitting a console failed');
        next(Object.assign(new Error('unavailable'), { data: { code: 'unavailable' } }));
      },
    );
  });
  console.on('connection', (socket) => {
    join(socket, socket.data);
    socket.on('typing', (event) => {
      passTyping(deps, socket.data.principal, event).catch((error: unknown) => {
        deps.log.error({ err: error }, 'passing on that an agent writes failed');
      });
    });
  });
}

/**
 * The staff's live side: namespace `/console`, for those with a session or a bearer token (`auth.token`). It passes on
 * hints of changes and who is writing, to each as far as their role may see. Gives a function that stops it.
 */
export function mountConsole(io: Server, deps: Deps): () => void {
  const console = io.of('/console') as ConsoleNamespace;
  admitSockets(deps, console);
  const gathered = gatherChanges(deps.clock, (changes) => {
    hintsOf(deps.store, changes).then(
      (addressed) => emitHints(console, addressed),
      (error: unknown) => deps.log.error({ err: error }, 'telling the consoles of changes failed'),
    );
  });
  const unwatch = deps.store.watch((changes) => {
    dropEnded(console, changes);
    if (console.sockets.size > 0) gathered.take(changes);
  });
  // only the process that a person is connected to knows that they write
  deps.flow.onTyping((event) => console.to('conversations.read').emit('typing', event));
  const stopRechecking = recheck(deps, console);
  return () => {
    unwatch();
    gathered.stop();
    stopRechecking();
  };
}
