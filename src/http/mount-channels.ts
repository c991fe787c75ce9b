import type { Express, RequestHandler } from 'express';
import type { Channel, ChannelRoute } from '../channel/channel.ts';
import { crossOrigin } from './cross-origin.ts';
import type { HttpDeps } from './deps.ts';

const handlerOf =
  (route: ChannelRoute): RequestHandler =>
  async (request, response) => {
    response.locals.route = route.path;
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    await route.handle(request, response, query);
  };

/** The routes that channels bring along. */
export const channelRoutes = (channels: readonly Channel[]): ChannelRoute[] =>
  channels.flatMap((channel) => channel.routes ?? []);

/**
 * Mounts the channels' own routes, before any body is parsed: their signatures are made over raw bytes. Routes that
 * browsers call (not the signed ones of providers) may be called from allowed host pages.
 */
export function mountChannels(app: Express, { channels, config }: Pick<HttpDeps, 'channels' | 'config'>): void {
  const fromPages = crossOrigin(config);
  for (const route of channelRoutes(channels)) {
    if (route.auth !== 'signature') app.all(route.path, fromPages);
    app[route.method](route.path, handlerOf(route));
  }
}
