import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const listening = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A host that is not the provider's. */
export interface Elsewhere {
  url: string;
  /** The headers of whatever reached it. */
  headers: Record<string, unknown>[];
}

/** The provider's own server, and one of somebody else under another host name. */
export interface Servers {
  open(at: { port?: number; host?: string }): Promise<string>;
  close(): Promise<void>;
  /** `http://127.0.0.1:…` once open, empty before. */
  origin(): string;
  elsewhere: Elsewhere;
}

export function createServers(answer: RequestListener): Servers {
  const elsewhere: Elsewhere = { url: '', headers: [] };
  const own = createServer(answer);
  const other = createServer((request, response) => {
    elsewhere.headers.push({ ...request.headers });
    response.setHeader('content-type', 'image/jpeg');
    response.end('not yours');
  });
  let origin = '';
  return {
    async open({ port = 0, host = '127.0.0.1' }) {
      origin = `http://${host}:${await listening(own, port, host)}`;
      elsewhere.url = `http://localhost:${await listening(other, 0, 'localhost')}`;
      return origin;
    },
    close: async () => void (await Promise.all([closed(own), closed(other)])),
    origin: () => origin,
    elsewhere,
  };
}
