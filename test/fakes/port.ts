import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that is opened and closed. */
export interface Port {
  /** `http://127.0.0.1:…` once open, empty before. */
  origin(): string;
  /** On loopback unless told otherwise, at a port that is free; gives the origin. */
  open(at?: { port?: number; host?: string }): Promise<string>;
  close(): Promise<void>;
}

export function createPort(answer: RequestListener): Port {
  const server = createServer(answer);
  let origin = '';
  return {
    origin: () => origin,
    open: ({ port = 0, host = '127.0.0.1' } = {}) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          origin = `http://${host}:${(server.address() as AddressInfo).port}`;
          resolve(origin);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
