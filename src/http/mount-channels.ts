import express, { type Express, type RequestHandler, type Router } from 'express';
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

/** Routes that browsers call (not the signed ones of providers) may be called from allowed host pages. */
function routerOf(routes: readonly ChannelRoute[], fromPages: RequestHandler): Router {
  const router = express.Router();
  for (const route of routes) {
    if (route.auth !== 'signature') router.all(route.path, fromPages);
    router[route.method](route.path, handlerOf(route));
  }
  return router;
}

/**
 * Lets requests through to the routes of whatever channels are open at the moment, before any body is parsed: their
 * signatures are made over raw bytes.
 */
export function mountChannels(app: Express, { inboxes, config }: Pick<HttpDeps, 'inboxes' | 'config'>): void {
  const fromPages = crossOrigin(config);
  const routers = new WeakMap<Channel, Router>();
  const routerFor = (channel: Channel): Router => {
    const router = routers.get(channel) ?? routerOf(channel.routes ?? [], fromPages);
    routers.set(channel, router);
    return router;
  };
  app.use((request, response, next) => {
    const waiting = [...inboxes.channels.values()].filter(({ routes }) => routes && routes.length > 0);
    const pass = (error?: unknown): void => {
      const channel = error === undefined ? waiting.shift() : undefined;
      if (channel) routerFor(channel)(request, response, pass);
      else next(error);
    };
    pass();
  });
}
