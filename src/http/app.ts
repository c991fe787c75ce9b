import express, { type Express, type RequestHandler } from 'express';
import { WaslError } from '../errors.ts';
import { answerError } from './answer-error.ts';
import { apiBase, apiRoutes } from './api-routes.ts';
import type { HttpDeps } from './deps.ts';
import { mountHealth } from './health.ts';
import { mountChannels } from './mount-channels.ts';
import { mountDocs } from './mount-docs.ts';
import { mountPages } from './mount-pages.ts';
import { mountRoutes } from './mount-routes.ts';
import { mountWebhooks } from './mount-webhooks.ts';
import { securityHeaders } from './security-headers.ts';

export type { Answer, HttpConfig, HttpDeps } from './deps.ts';

const measure =
  ({ metrics }: HttpDeps): RequestHandler =>
  (request, response, next) => {
    const began = performance.now();
    response.once('finish', () => {
      const route = typeof response.locals.route === 'string' ? response.locals.route : 'other';
      metrics.answered({ method: request.method, route, status: response.statusCode }, performance.now() - began);
    });
    next();
  };

const neverStored: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

const notFound: RequestHandler = () => {
  throw new WaslError('not-found', 'There is nothing at this address.');
};

function apiRouter(deps: HttpDeps): express.Router {
  const api = express.Router();
  const routes = apiRoutes(deps);
  mountDocs(api, routes, apiBase, deps.config);
  const v1 = express.Router();
  v1.use(neverStored);
  mountRoutes(v1, routes, apiBase, deps);
  api.use('/v1', v1);
  return api;
}

/** A setting comes as text: a number of proxies must reach Express as a number, else it is read as an address. */
const trustOf = (setting: boolean | string): boolean | string | number =>
  typeof setting === 'string' && /^\d+$/.test(setting) ? Number(setting) : setting;

/**
 * The whole HTTP door as one Express application: providers' posts before all else, channels' routes (before any body parser), health and metrics, the
 * API with its documentation, pages and browser files, and one answer for every error. It does not listen.
 */
export function createApp(deps: HttpDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustOf(deps.config.trustProxy));
  app.set('query parser', 'simple');
  mountWebhooks(app, deps);
  app.use(measure(deps), securityHeaders(deps.config.publicUrl));
  mountChannels(app, deps);
  mountHealth(app, deps);
  app.use('/api', apiRouter(deps));
  mountPages(app, deps);
  app.use(notFound, answerError(deps));
  return app;
}
