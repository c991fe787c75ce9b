import type { RequestHandler } from 'express';
import type { HttpConfig } from './deps.ts';

/** Whether a page of this origin may use Wasl: our own, or one that the operator has listed. */
export function isAllowedOrigin(origin: string, config: Pick<HttpConfig, 'publicUrl' | 'allowedOrigins'>): boolean {
  if (config.allowedOrigins.includes('*') || config.allowedOrigins.includes(origin)) return true;
  return origin === new URL(config.publicUrl).origin;
}

/**
 * Lets allowed host pages use what follows: the widget's files and the routes that its visitors call with a token of
 * their own. Cookies are never allowed along. A preflight is answered here.
 */
export function crossOrigin(config: Pick<HttpConfig, 'publicUrl' | 'allowedOrigins'>): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    response.vary('Origin');
    if (origin && isAllowedOrigin(origin, config)) {
      response.set('Access-Control-Allow-Origin', origin);
      response.set('Access-Control-Expose-Headers', 'Retry-After');
    }
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return next();
    response.set('Access-Control-Allow-Methods', 'GET, POST');
    response.set('Access-Control-Allow-Headers', 'authorization, content-type');
    response.set('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
