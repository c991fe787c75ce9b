import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire between a client and a server on this machine that can be made to fail. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that were ever opened. */
  connectionsEver(): number;
  /** Ends all connections at once; new ones work. */
  cut(): void;
  /** Ends a connection each time the server has sent so many more bytes, so many times. */
  cutAfter(bytes: number, times?: number): void;
  /** Swallows what the server says from now on, while it still hears the client. */
  deafen(): void;
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
  let deaf = false;
  let ever = 0;
  let cuts = { bytes: 0, times: 0 };
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
      dead ||= swallowing || (counted && deaf);
      if (dead) return;
      if (counted && bytes.length >= cutIn) {
        to.write(bytes.subarray(0, cutIn), () => to.destroy());
        cuts.times -= 1;
        cutIn = cuts.times > 0 ? cuts.bytes : Number.POSITIVE_INFINITY;
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
    ever += 1;
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
    connectionsEver: () => ever,
    cut,
    cutAfter(bytes, times = 1) {
      cuts = { bytes, times };
      cutIn = bytes;
    },
    deafen() {
      deaf = true;
    },
    blackHole() {
      swallowing = true;
    },
    refuse: close,
    async resume() {
      swallowing = false;
      deaf = false;
      if (!server.listening) await listen();
    },
    stop: () => (server.listening ? close() : Promise.resolve()),
  };
}
