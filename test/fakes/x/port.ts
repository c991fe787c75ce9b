import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Opens and closes the port. */
export const createPort = (answer: RequestListener) => {
  const server = createServer(answer);
  let origin = '';
  return {
    origin: () => origin,
    open: ({ port = 0, host = '127.0.0.1' }: { port?: number; host?: string }) =>
      new Promise<string>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          origin = `http://${host}:${(server.address() as AddressInfo).port}`;
          resolve(origin);
        });
      }),
    close: () =>
      new Promise<void>((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
