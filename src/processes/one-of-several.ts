import cluster from 'node:cluster';
import type { Server } from 'node:http';
import type { Server as SocketServer } from 'socket.io';
import { passOnForeign } from './pass-on.ts';
import { peersWord, type ReadyWord } from './words.ts';

/** What a process does because it is one of several on this machine. */
export interface OneOfSeveral {
  /** To be called before the server listens. */
  share(http: Server, sockets: SocketServer): Promise<void>;
  /** It serves now. */
  ready(): void;
  /** Whether it is the first of them, which speaks for all. */
  readonly isFirst: boolean;
}

/** Null where this process was not begun by `npm run cluster`. */
export function oneOfSeveral(): OneOfSeveral | null {
  const { worker } = cluster;
  if (!worker) return null;
  let ports: ReadonlySet<number> = new Set();
  let own = 0;
  process.on('message', (word) => {
    const said = peersWord.safeParse(word);
    if (said.success) ports = new Set(said.data.ports);
  });
  return {
    async share(http, sockets) {
      own = await passOnForeign(http, sockets, () => ports);
    },
    ready: () => void process.send?.({ wasl: 'ready', port: own } satisfies ReadyWord),
    isFirst: worker.id === 1,
  };
}
