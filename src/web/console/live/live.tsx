import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { ConsoleHears, ConsoleSays } from '../../../realtime/console.ts';
import { sessionKey } from '../api/session.ts';
import { gatherKeys, keysOf } from './hint-keys.ts';
import { createTypists, type Typists } from './typists.ts';

type ConsoleSocket = Socket<ConsoleHears, ConsoleSays>;

interface Live {
  isLive: boolean;
  typists: Typists;
  /** Tells the person, where their channel can, that an agent writes or has stopped. */
  say(conversationId: string, on: boolean): void;
}

const LiveContext = createContext<Live | null>(null);

const pollEveryMs = 10_000;

const isRefused = (error: Error): boolean => error.message === 'unauthorized';

/** Everything but the session: after a gap nobody knows what was missed (a hint is only a hint). */
const refetchAll = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });

function listen(socket: ConsoleSocket, client: QueryClient, typists: Typists, setLive: (on: boolean) => void) {
  const gathered = gatherKeys((key) => void client.invalidateQueries({ queryKey: key }));
  socket.on('connect', () => {
    setLive(true);
    void refetchAll(client);
  });
  socket.on('disconnect', () => setLive(false));
  socket.on('connect_error', (error) => {
    setLive(false);
    if (isRefused(error)) void client.invalidateQueries({ queryKey: sessionKey });
  });
  socket.on('changed', (hints) => gathered.take(hints.flatMap(keysOf)));
  socket.on('typing', ({ conversationId, on }) => typists.heard(conversationId, on));
  return () => {
    gathered.stop();
    socket.disconnect();
  };
}

/** Keeps what is shown up to date: hints over the socket, or asking every ten seconds where there is none. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [typists] = useState(createTypists);
  const socket = useRef<ConsoleSocket | null>(null);
  useEffect(() => {
    const opened: ConsoleSocket = io('/console', {
      transports: ['websocket', 'polling'],
      reconnectionDelayMax: 5_000,
      timeout: 8_000,
    });
    socket.current = opened;
    return listen(opened, client, typists, setLive);
  }, [client, typists]);
  useEffect(() => {
    if (isLive) return;
    const timer = setInterval(() => void refetchAll(client), pollEveryMs);
    return () => clearInterval(timer);
  }, [isLive, client]);
  const say = (conversationId: string, on: boolean): void => {
    if (socket.current?.connected) socket.current.volatile.emit('typing', { conversationId, on });
  };
  return <LiveContext.Provider value={{ isLive, typists, say }}>{children}</LiveContext.Provider>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive stands inside LiveProvider');
  return live;
}
