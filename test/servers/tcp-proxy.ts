import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * How a line is cut. `drop`: what is connected breaks, new connections are taken and broken at once. `refuse`: what is
 * connected breaks, new connections are refused, as where nothing listens. `hang`: everything stays connected and nothing
 * comes through, as where a cable is pulled; it comes through late when the line is restored.
 */
export type Cut = 'drop' | 'refuse' | 'hang';

/** A line to a server that a test can cut and restore. */
export interface TcpProxy {
  port: number;
  cut(how: Cut): Promise<void>;
  restore(): Promise<void>;
  /** How many connections go through it now. */
  count(): number;
  close(): Promise<void>;
}

type Pair = readonly [Socket, Socket];

const hold = ([near, far]: Pair): void => {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.unpipe(to);
    from.pause();
  }
};

const join = ([near, far]: Pair): void => {
  near.pipe(far);
  far.pipe(near);
};

const breakUp = (pair: Pair): void => {
  for (const socket of pair) socket.resetAndDestroy();
};

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const stopListening = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  await closed;
};

/** Listens on a free port of 127.0.0.1 and passes everything on to the other port there. */
export async function createTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let state: Cut | 'open' = 'open';
  const server = createServer((near) => {
    if (state === 'drop') return void near.resetAndDestroy();
    const pair: Pair = [near, connect(targetPort, '127.0.0.1')];
    pairs.add(pair);
    for (const socket of pair) {
      // the other end hears of it by the close
      socket.on('error', () => {});
      socket.once('close', () => {
        pairs.delete(pair);
        breakUp(pair);
      });
    }
    if (state === 'open') join(pair);
    else hold(pair);
  });
  const port = await listen(server, 0);
  const breakAll = (): void => {
    for (const pair of pairs) breakUp(pair);
  };
  const restore = async (): Promise<void> => {
    const before = state;
    state = 'open';
    if (!server.listening) await listen(server, port);
    if (before === 'hang') for (const pair of pairs) join(pair);
  };
  return {
    port,
    count: () => pairs.size,
    restore,
    async cut(how) {
      if (state !== 'open') await restore();
      state = how;
      if (how === 'hang') return pairs.forEach(hold);
      breakAll();
      if (how === 'refuse') await stopListening(server);
    },
    async close() {
      state = 'drop';
      breakAll();
      await stopListening(server);
    },
  };
}
