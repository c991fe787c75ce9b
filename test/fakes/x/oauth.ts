import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The keys of an application and of the account that it acts for. */
export interface Keys {
  appKey: string;
  appSecret: string;
  accessToken: string;
  accessSecret: string;
  bearerToken: string;
}

/** A request as its sender signed it. */
export interface SignedRequest {
  method: string;
  /** With the host that the sender asked. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Fields of a form, which the signature covers; JSON and files are not covered. */
  form: Record<string, string>;
}

const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!*'()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

const fieldsOf = (header: string): Record<string, string> =>
  Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]),
  );

/** The signature of RFC 5849, section 3.4, HMAC-SHA1. */
export function signatureOf(
  request: Omit<SignedRequest, 'headers'>,
  oauth: Record<string, string>,
  keys: Keys,
): string {
  const url = new URL(request.url);
  const pairs = [...url.searchParams, ...Object.entries(request.form), ...Object.entries(oauth)]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [percent(name), percent(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const parameters = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [request.method.toUpperCase(), `${url.origin}${url.pathname}`, parameters].map(percent).join('&');
  const key = `${percent(keys.appSecret)}&${percent(keys.accessSecret)}`;
  return createHmac('sha1', key).update(base).digest('base64');
}

/** How a request is signed: as the account, as the application alone, or not rightly. */
export type Signer = 'user' | 'app' | null;

/**
 * Who signed a request. The time in an OAuth 1.0a signature is not held against the clock: the client takes it from the
 * machine, and the simulator's clock may be a test's.
 */
export function signerOf(request: SignedRequest, keys: Keys, userTokens: ReadonlySet<string>): Signer {
  const header = request.headers.authorization ?? '';
  if (header.startsWith('Bearer ')) {
    const token = header.slice(7);
    if (token === keys.bearerToken) return 'app';
    return userTokens.has(token) ? 'user' : null;
  }
  if (!header.startsWith('OAuth ')) return null;
  const oauth = fieldsOf(header.slice(6));
  const isKnown =
    oauth.oauth_consumer_key === keys.appKey &&
    oauth.oauth_token === keys.accessToken &&
    oauth.oauth_signature_method === 'HMAC-SHA1' &&
    /^\d+$/.test(oauth.oauth_timestamp ?? '') &&
    (oauth.oauth_nonce ?? '') !== '';
  return isKnown && oauth.oauth_signature === signatureOf(request, oauth, keys) ? 'user' : null;
}
