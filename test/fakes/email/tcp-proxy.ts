import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire between a client and a server on this machine that can be made to fail. */
export interface TcpProxy {
  readonly port: number;
  /** Ends all connections at once; new ones work. */
  cut(): void;
  /** Ends a connection once the server has sent so many more bytes over it; works once. */
  cutAfter(bytes: number): void;
  /** Swallows everything from now on, in both directions, without ending anything. New connections too. */
  blackHole(): void;
  /** Refuses new connections and ends the open ones. */
  refuse(): Promise<void>;
  /** Works again; connections that were swallowed stay dead. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTcpProxy(target: () => number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let swallowing = false;
  let cutIn = Number.POSITIVE_INFINITY;
  let port = 0;

  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };

  function join(from: Socket, to: Socket, counted: boolean): void {
    let dead = swallowing;
    from.on('data', (bytes: Buffer) => {
      dead ||= swallowing;
      if (dead) return;
      if (counted && bytes.length >= cutIn) {
        to.write(bytes.subarray(0, cutIn), () => to.destroy());
        cutIn = Number.POSITIVE_INFINITY;
        from.destroy();
        return;
      }
      if (counted) cutIn -= bytes.length;
      to.write(bytes);
    });
    from.on('close', () => {
      if (!dead && !swallowing) to.destroy();
    });
  }

  const server: Server = createServer((client) => {
    const upstream = connect(target(), '127.0.0.1');
    track(client);
    track(upstream);
    join(client, upstream, false);
    join(upstream, client, true);
  });
  const listen = (): Promise<void> => new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((done) => server.close(() => done()));
    cut();
    await closed;
  };

  await listen();
  port = (server.address() as AddressInfo).port;
  return {
    get port() {
      return port;
    },
    cut,
    cutAfter(bytes) {
      cutIn = bytes;
    },
    blackHole() {
      swallowing = true;
    },
    refuse: close,
    async resume() {
      swallowing = false;
      if (!server.listening) await listen();
    },
    stop: () => (server.listening ? close() : Promise.resolve()),
  };
}
