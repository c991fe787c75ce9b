import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** A browser that does not count WebSockets as 'self' needs the address said. */
const socketOrigin = (publicUrl: string): string => new URL(publicUrl).origin.replace(/^http/, 'ws');

/** The content security policy of every page, as directives. `nonce` allows style elements that carry it. */
const directives = (publicUrl: string, nonce?: string) => ({
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  connectSrc: ["'self'", socketOrigin(publicUrl)],
  fontSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: nonce ? ["'self'", `'nonce-${nonce}'`] : ["'self'"],
  upgradeInsecureRequests: publicUrl.startsWith('https:') ? [] : null,
});

/**
 * Security headers for every answer: a strict policy without inline script or style, no framing, no sniffing. What
 * would force https is left out where Wasl is reached over plain http (a pilot in a closed network).
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: directives(publicUrl) },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** The same policy for one page whose style elements carry this nonce. */
export function allowStyleNonce(publicUrl: string, nonce: string): RequestHandler {
  return helmet.contentSecurityPolicy({ useDefaults: false, directives: directives(publicUrl, nonce) });
}
