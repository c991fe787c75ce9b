import type { RequestListener } from 'node:http';
import { createPort } from '../port.ts';

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
  const own = createPort(answer);
  const other = createPort((request, response) => {
    elsewhere.headers.push({ ...request.headers });
    response.setHeader('content-type', 'image/jpeg');
    response.end('not yours');
  });
  return {
    async open(at) {
      const [origin] = await Promise.all([own.open(at), other.open({ host: 'localhost' })]);
      elsewhere.url = other.origin();
      return origin;
    },
    close: async () => void (await Promise.all([own.close(), other.close()])),
    origin: own.origin,
    elsewhere,
  };
}
