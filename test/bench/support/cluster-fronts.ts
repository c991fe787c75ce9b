import { createServer as createHttp, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket, type Server as TcpServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const loopback = '127.0.0.1';

const listen = (server: Server | TcpServer): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, loopback, () => resolve((server.address() as AddressInfo).port));
  });

/** A port that passes on what comes. */
export interface Front {
  port: number;
  close(): Promise<void>;
}

interface Passing {
  /** Where a new connection goes; null: nobody takes it. */
  target(): number | null;
  opened?(): void;
  closed?(): void;
}

function joinUp(near: Socket, far: Socket, done: () => void): void {
  let open = true;
  const end = (): void => {
    near.destroy();
    far.destroy();
    if (open) done();
    open = false;
  };
  for (const socket of [near, far]) {
    socket.setNoDelay(true);
    socket.on('error', end);
    socket.on('close', end);
  }
  near.pipe(far);
  far.pipe(near);
}

/** Passes TCP connections on, each to where `target` says at its moment, and tells of each. */
export async function openFront({ target, opened, closed }: Passing): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const port = target();
    if (port === null) return void near.on('error', () => undefined).resetAndDestroy();
    sockets.add(near);
    opened?.();
    joinUp(near, connect(port, loopback), () => {
      sockets.delete(near);
      closed?.();
    });
  });
  const port = await listen(server);
  return {
    port,
    async close() {
      const ended = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

/** A message that a process gave to the provider and that was taken. */
export interface Accepted {
  process: number;
  /** The delivery's id, which the provider hands back. */
  delivery: string;
  to: string;
  at: number;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const ask = (origin: string, asked: IncomingMessage, body: Buffer): Promise<{ status: number; body: Buffer }> =>
  new Promise((resolve, reject) => {
    const { method, url = '/', headers } = asked;
    const sent = request(new URL(url, origin), { method, headers }, (answer) => {
      bodyOf(answer).then((given) => resolve({ status: answer.statusCode ?? 502, body: given }), reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });

const deliveryIn = (body: Buffer): { id: string; to: string } | null => {
  try {
    const { biz_opaque_callback_data: id, to = '' } = JSON.parse(body.toString());
    return typeof id === 'string' ? { id, to: String(to) } : null;
  } catch {
    return null;
  }
};

export interface ProviderFronting {
  process: number;
  origin: string;
  /** How long the provider takes over an answer after it has taken the message, in ms. */
  answersAfter(): number;
  accepted(one: Accepted): void;
}

/** The provider as one process reaches it: notes what it takes from that process, and answers a little later. */
export async function openProviderFront({ process, origin, answersAfter, accepted }: ProviderFronting): Promise<Front> {
  const server = createHttp(async (asked, answer) => {
    try {
      const body = await bodyOf(asked);
      const given = await ask(origin, asked, body);
      const delivery = given.status < 300 ? deliveryIn(body) : null;
      if (delivery) accepted({ process, delivery: delivery.id, to: delivery.to, at: performance.now() });
      await wait(answersAfter());
      answer.writeHead(given.status, { 'content-type': 'application/json' }).end(given.body);
    } catch {
      answer.destroy();
    }
  });
  const port = await listen(server);
  return {
    port,
    async close() {
      const ended = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await ended;
    },
  };
}
