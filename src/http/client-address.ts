import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';

type Trust = (address: string, hop: number) => boolean;

/**
 * The address that a request really came from: the nearest one in `X-Forwarded-For` that is not a trusted proxy's, as
 * Express's `trust proxy` decides it; for sockets, which Express does not see.
 */
export function clientAddress(app: Express): (request: IncomingMessage) => string {
  const trust = app.get('trust proxy fn') as Trust;
  return (request) => {
    const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    const hops = [
      request.socket.remoteAddress ?? '',
      ...forwarded
        .map((one) => one.trim())
        .filter(Boolean)
        .reverse(),
    ];
    return hops.find((address, hop) => !trust(address, hop)) ?? hops.at(-1) ?? '';
  };
}
